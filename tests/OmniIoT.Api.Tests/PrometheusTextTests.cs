using OmniIoT.Api.Metrics;

namespace OmniIoT.Api.Tests;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Labels_and_help_are_escaped()
    {
        PrometheusText text = new();

        text.Begin("a_total", "counter", "Back\\slash and\nline.");
        text.Sample("a_total", [new Label("path", "C:\\x \"y\"\nz"), new Label("b", "1")], 2.5);

        Assert.Equal(
            """
            # HELP a_total Back\\slash and\nline.
            # TYPE a_total counter
            a_total{path="C:\\x \"y\"\nz",b="1"} 2.5

            """,
            text.ToString()
        );
    }

    [Fact]
    public void Buckets_are_cumulative_and_end_in_all()
    {
        HistogramSeries series = new([1, 10]);
        PrometheusText text = new();

        foreach (double value in new[] { 0.5, 1, 3, 99 })
            series.Observe(value);
        text.Histogram("h", [], series);

        Assert.Equal(
            "h_bucket{le=\"1\"} 2\nh_bucket{le=\"10\"} 3\nh_bucket{le=\"+Inf\"} 4\nh_sum 103.5\nh_count 4\n",
            text.ToString()
        );
    }
}
