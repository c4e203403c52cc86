// By hand: the numbers that the build has drawn appear step by step.
import { Steps } from "./steps.mjs";

customElements.define("bp-hand", class extends Steps {});
