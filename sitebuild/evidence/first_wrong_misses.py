"""Why a changed line was not the one that was named, miss by miss."""

from sitebuild.evidence.first_wrong import Row, rows

MISSED = ("beside", "elsewhere", "not found", "stopped")

EQUAL = "both lines can be corrected, and either makes the step right"
CALL = "the call was named for its function, or the function for its call"
LATER = "no small change repairs, and the first value that can be measured comes later"
LONG = "thousands of changes were tried before the right kind"
STRING = "what is wrong is a text that chooses, and no number"
LATEST = "each value until there is a right derivative of something else"

BEFORE = "no small change repairs, and a right value just before it repairs as well"

REASONS = {
    ("config_chain", "a layer passed by"): LATER,
    ("deep_sets", "softplus taken for relu"): BEFORE,
    ("dropout_masks", "not scaled up"): EQUAL,
    ("dropout_masks", "product rule forgotten"): CALL,
    ("dropout_masks", "the clip forgotten"): LONG,
    ("euler_steps", "friction forgotten"): LONG,
    ("euler_steps", "price of the path forgotten"): LONG,
    ("euler_steps", "step of time forgotten"): LONG,
    ("factor_machine", "sign in the exponent"): EQUAL,
    ("gru_lists", "only the candidate"): LONG,
    ("gru_lists", "state not carried"): LONG,
    ("filters_and_pool", "no gate"): LATEST,
    ("filters_and_pool", "to both of a pair"): LATER,
    ("flat_weights", "the slope of the hidden unit left out"): LONG,
    ("flat_weights", "an index turned"): LONG,
    ("flat_weights", "error turned"): CALL,
    ("graph_layers", "unknown nodes learnt"): LATER,
    ("lstm_short", "forget gate left out"): LONG,
    ("lstm_short", "a slope left out"): LONG,
    ("lstm_short", "tanh taken for sigmoid"): LONG,
    ("modules_and_optimizer", "half of a slope"): EQUAL,
    ("pullbacks", "a back that is not called"): LATEST,
    ("pullbacks", "two backs in one"): EQUAL,
    ("star_matrices", "slope of the output"): EQUAL,
    ("twin_towers", "the root forgotten"): EQUAL,
    ("keeps_its_input", "a where z belongs"): EQUAL,
    ("old_without_copy", "slope missing"): EQUAL,
    ("dictionary_of_parameters", "mean missing"): EQUAL,
    ("dot_and_multiply", "z where a belongs"): CALL,
    ("closures", "mean missing"): EQUAL,
    ("gated_units", "product rule forgotten"): EQUAL,
    ("gated_units", "slope missing"): EQUAL,
    ("residual_blocks", "the shortcut forgotten"): CALL,
    ("residual_blocks", "the branch forgotten"): LATEST,
    ("averaged_words", "average forgotten"): LATER,
    ("layer_normalized", "summed for averaged"): EQUAL,
    ("matrix_of_lists", "slope missing"): LATER,
    ("matrix_of_lists", "sign"): CALL,
    ("matrix_of_lists", "slope of the wrong thing"): EQUAL,
    ("maxout", "bias gradient averaged"): EQUAL,
    ("two_heads", "slope of relu"): LATER,
    ("caches_by_number", "the gate forgotten"): EQUAL,
    ("caches_by_number", "one activation for all"): STRING,
    ("helpers_on_lists", "slope missing"): LONG,
    ("helpers_on_lists", "error turned"): EQUAL,
    ("helpers_on_lists", "the value for its slope"): LONG,
    ("margin_rows", "no mean"): LATER,
    ("policy_roll", "reward not discounted"): CALL,
    ("swish_tuple", "the clip forgotten"): CALL,
    ("swish_tuple", "a term of the slope"): CALL,
    ("word_pairs", "the one forgotten"): LATER,
}
"""Of each miss, found by reading its answer."""


def misses() -> list[Row]:
    """The rows in which another line was named, or none."""
    return [row for row in rows() if row.group in MISSED]


def table() -> str:
    """One line per miss, with the reason, as Markdown."""
    lines = ["| network | mistake | named | why |", "|---|---|---|---|"]
    for row in misses():
        reason = REASONS[row.style, row.mistake]
        network = row.style.replace("_", " ")
        lines.append(f"| {network} | {row.mistake} | {row.group} | {reason} |")
    return "\n".join(lines)
