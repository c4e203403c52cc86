// After the first result, has the browser keep what it took, for a time without a network.

const SITE = new URL("../../", import.meta.url);

// `addresses` are those that Python's worker loaded, `runtime` and `archive` where from.
export async function keep(addresses, { runtime, archive }) {
  const asked = { runtime: new URL(runtime, SITE), archive: new URL(archive, SITE) };
  const script = new URL(`offline.js?${new URLSearchParams(asked)}`, SITE);
  try {
    await navigator.serviceWorker.register(script, { scope: SITE });
    const { active } = await navigator.serviceWorker.ready;
    const page = location.href.replace(location.hash, "");
    const seen = performance.getEntriesByType("resource").map(({ name }) => name);
    const told = [...document.querySelectorAll("bp-exercise")].map(
      ({ dataset }) => new URL(dataset.told, SITE).href,
    );
    active.postMessage([...new Set([page, ...seen, ...told, ...addresses])]);
  } catch {} // an address without https, or a browser that is told to keep nothing
}
