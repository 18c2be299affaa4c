"""How fast a page is with nothing cached, on the network and processor of a cheap telephone.

Chrome's "Slow 4G": 562.5 ms of latency, 1.44 Mbit/s down, 0.675 Mbit/s up; the processor slowed four times.
"""

import dataclasses
import statistics

SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.44e6 / 8,
    "uploadThroughput": 0.675e6 / 8,
}
PROCESSOR_SLOWED = 4

# Gathers for a second after the load event: later paints would be a fault of their own.
OBSERVE = """() => new Promise(resolve => {
  const seen = { lcp: 0, cls: 0, element: '' };
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      seen.lcp = entry.startTime;
      seen.element = entry.element ? entry.element.tagName + '.' + entry.element.className : '';
    }
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.cls += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => {
    const page = performance.getEntriesByType('navigation')[0];
    seen.firstByte = page.responseStart;
    seen.bytes = page.transferSize
      + performance.getEntriesByType('resource').reduce((sum, entry) => sum + entry.transferSize, 0);
    resolve(seen);
  }, 1000);
})"""


@dataclasses.dataclass(frozen=True)
class Loading:
    """Medians: milliseconds to the first byte and the largest contentful paint, layout shift, bytes received."""

    first_byte: float
    largest_paint: float
    shift: float
    bytes: float
    largest_element: str

    def __str__(self):
        return (
            f"LCP {self.largest_paint:.0f} ms ({self.largest_element}), first byte {self.first_byte:.0f} ms, "
            f"CLS {self.shift:.3f}, {self.bytes / 1024:.1f} KB"
        )


def measure(browser, url, times=5, **context):
    """The medians of several cold loads in fresh contexts."""
    runs = []
    for _ in range(times):
        with browser.new_context(**context) as fresh:
            page = fresh.new_page()
            session = fresh.new_cdp_session(page)
            session.send("Network.enable")
            session.send("Network.setCacheDisabled", {"cacheDisabled": True})
            session.send("Network.emulateNetworkConditions", SLOW_4G)
            session.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR_SLOWED})
            page.goto(url, wait_until="load", timeout=90_000)
            runs.append(page.evaluate(OBSERVE))

    def median(key):
        return statistics.median(run[key] for run in runs)

    return Loading(median("firstByte"), median("lcp"), median("cls"), median("bytes"), runs[0]["element"])
