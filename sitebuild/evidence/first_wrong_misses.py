"""Why a changed line was not the one that was named, miss by miss."""

from sitebuild.evidence.first_wrong import Row, rows

MISSED = ("beside", "elsewhere", "not found", "stopped")

EQUAL = "both lines can be corrected, and either makes the step right"
CALL = "the call was named for its function, or the function for its call"
LATER = "no small change repairs, and the first value that can be measured comes later"
LONG = "thousands of changes were tried before the right kind"
STRING = "what is wrong is a text that chooses, and no number"
UNTRIED = "the change that is needed was not among those that are tried"
SEVERAL = "several lines were named, and not all of them are changed"
LATEST = "each value until there is a right derivative of something else"

BEFORE = "no small change repairs, and a right value just before it repairs as well"
SOLVED = "no small change repairs, and some other value where it was named does"

REASONS = {
    ("counted_from_the_end", "the last example alone"): UNTRIED,
    ("image_windows", "rows for columns"): LONG,
    ("image_windows", "the border cut off at one side"): LONG,
    ("image_windows", "set, not added"): LONG,
    ("image_windows", "images for filters"): LONG,
    ("image_windows", "the leak forgotten"): LONG,
    ("jagged_arrays", "a sum not set back"): SOLVED,
    ("no_look_ahead", "words that come twice"): LATER,
    ("node_graph", "one of those it feeds"): LATER,
    ("partials_by_name", "updated too early"): SEVERAL,
    ("partials_by_name", "a link of the chain"): EQUAL,
    ("sentence_trees", "a word met again"): LATER,
    ("sentence_trees", "below the slope"): SOLVED,
    ("sentence_trees", "bias forgotten"): LATER,
    ("three_words_ahead", "slice of the word"): LATER,
    ("caches_and_grads", "relu gated with >= on the output"): EQUAL,
    ("caches_and_grads", "bias gradient summed over the layer"): UNTRIED,
    ("caches_and_grads", "transposed"): EQUAL,
    ("column_minibatches", "the sigmoid's slope for tanh, from a"): UNTRIED,
    ("column_minibatches", "bias gradient summed over the layer"): LONG,
    ("column_minibatches", "output bias from the first example"): UNTRIED,
    ("column_minibatches", "slope missing, hidden layers"): EQUAL,
    ("column_minibatches", "slope missing in what is passed down"): LONG,
    ("column_minibatches", "output for input"): LONG,
    ("column_minibatches", "transposed"): LONG,
    ("column_minibatches", "bias gradient averaged"): LONG,
    ("dense_layers", "a where z belongs"): EQUAL,
    ("dense_layers", "z where a belongs, output layer"): EQUAL,
    ("dense_layers", "bias gradient summed over the layer"): UNTRIED,
    ("layer1_and_output", "updated weights"): SEVERAL,
    ("layer1_and_output", "bias from the layer above"): UNTRIED,
    ("list_comprehensions", "slope missing, hidden layers"): LONG,
    ("list_comprehensions", "the sigmoid's slope for tanh, from a"): LONG,
    ("list_comprehensions", "factor m"): SOLVED,
    ("list_comprehensions", "W for W.T"): LONG,
    ("list_comprehensions", "output for input"): LONG,
    ("list_comprehensions", "transposed"): UNTRIED,
    ("list_comprehensions", "bias gradient missing"): UNTRIED,
    ("list_comprehensions", "the last example left out"): LONG,
    ("neurons_updated_each", "tanh's slope for the sigmoid, from a"): LATER,
    ("neurons_updated_each", "slope missing, output layer"): EQUAL,
    ("neurons_updated_each", "W for W.T"): LONG,
    ("nonlin_script", "updated weights"): SEVERAL,
    ("outer_single", "z where a belongs"): CALL,
    ("outer_single", "updated weights"): SEVERAL,
    ("pure_loops", "slope missing, hidden layers"): UNTRIED,
    ("pure_loops", "transposed"): UNTRIED,
    ("pure_loops", "error not reset"): UNTRIED,
    ("train_softmax", "sign"): EQUAL,
    ("train_softmax", "updated weights"): SEVERAL,
    ("train_softmax", "one label for all"): LATER,
    ("config_chain", "a layer passed by"): LATER,
    ("deep_sets", "softplus taken for relu"): BEFORE,
    ("dropout_masks", "not scaled up"): EQUAL,
    ("dropout_masks", "product rule forgotten"): CALL,
    ("dropout_masks", "the clip forgotten"): LONG,
    ("euler_steps", "friction forgotten"): SOLVED,
    ("euler_steps", "price of the path forgotten"): LONG,
    ("euler_steps", "step of time forgotten"): LONG,
    ("factor_machine", "sign in the exponent"): EQUAL,
    ("gru_lists", "only the candidate"): LONG,
    ("gru_lists", "state not carried"): LONG,
    ("filters_and_pool", "no gate"): LATEST,
    ("filters_and_pool", "to both of a pair"): LATER,
    ("flat_weights", "the slope of the hidden unit left out"): EQUAL,
    ("flat_weights", "an index turned"): LONG,
    ("flat_weights", "error turned"): CALL,
    ("graph_layers", "unknown nodes learnt"): LATER,
    ("lstm_short", "forget gate left out"): SOLVED,
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
