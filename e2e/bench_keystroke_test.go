package e2e

import (
	"testing"

	"portico/internal/browser"
)

// BenchmarkKeystroke measures, in the real popup, from an input event to the end
// of everything it causes in the page: search, view, painted rows, layout.
func BenchmarkKeystroke(b *testing.B) {
	j := benchJob(b)
	popup, err := j.Open()
	fatal(b, err)
	var all []float64
	for b.Loop() {
		ms, err := browser.Eval[[]float64](popup, `(() => {
			const query = document.getElementById('query'), times = [];
			for (const text of ['payments-prod', 'data admin', 'sandbox', 'plat stag read', 'paymnets prod', '4069']) {
				for (let n = 1; n <= text.length; n++) {
					query.value = text.slice(0, n);
					const begun = performance.now();
					query.dispatchEvent(new InputEvent('input'));
					document.getElementById('rows').getBoundingClientRect();
					times.push(performance.now() - begun);
				}
				query.value = '';
				query.dispatchEvent(new InputEvent('input'));
			}
			return times;
		})()`)
		fatal(b, err)
		all = append(all, ms...)
	}
	b.ReportMetric(quantile(all, 0.5), "median-ms")
	b.ReportMetric(quantile(all, 0.9), "p90-ms")
	b.ReportMetric(0, "ns/op")
}
