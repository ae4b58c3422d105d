using System.Globalization;
using System.Text;

namespace OmniIoT.Api.Metrics;

/// <summary>Writes the Prometheus text exposition format, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Begins a metric.</summary>
    /// <param name="type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
    public void Begin(string name, string type, string? help)
    {
        _text
            .Append("# HELP ")
            .Append(name)
            .Append(' ')
            .Append(EscapeHelp(help ?? ""))
            .Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    public void Sample(string name, IReadOnlyList<Label> labels, double value)
    {
        _text.Append(name);
        for (int i = 0; i < labels.Count; i++)
        {
            _text
                .Append(i == 0 ? '{' : ',')
                .Append(labels[i].Name)
                .Append("=\"")
                .Append(EscapeLabel(labels[i].Value))
                .Append('"');
        }
        if (labels.Count > 0)
            _text.Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    public void Histogram(string name, IReadOnlyList<Label> labels, HistogramSeries series)
    {
        (long[] counts, double sum) = series.Read();
        long below = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            below += counts[i];
            string bound = i < series.Bounds.Length ? Number(series.Bounds[i]) : "+Inf";
            Sample(name + "_bucket", [.. labels, new Label("le", bound)], below);
        }
        Sample(name + "_sum", labels, sum);
        Sample(name + "_count", labels, below);
    }

    public override string ToString() => _text.ToString();

    private static string Number(double value) =>
        value switch
        {
            double.PositiveInfinity => "+Inf",
            double.NegativeInfinity => "-Inf",
            double.NaN => "NaN",
            _ => value.ToString(CultureInfo.InvariantCulture),
        };

    private static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeLabel(string text) =>
        EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);
}
