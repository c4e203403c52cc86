// The proof: what each step of the argument speaks of comes into the drawing with it.
import { Steps } from "./steps.mjs";

customElements.define("bp-proof", class extends Steps {});
