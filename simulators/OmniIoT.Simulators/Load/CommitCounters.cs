using System.Globalization;

namespace OmniIoT.Simulators.Load;

/// <summary>The host's commits so far, from its Prometheus metrics.</summary>
public sealed record CommitCounters(double Commits, double Messages)
{
    private const string Name = "omniiot_commit_messages";

    /// <summary>Null when the text has no such histogram or summary.</summary>
    public static CommitCounters? Parse(string prometheusText)
    {
        double? count = null,
            sum = null;
        foreach (string line in prometheusText.Split('\n'))
        {
            if (!line.StartsWith(Name, StringComparison.Ordinal))
                continue;
            if (
                !double.TryParse(line.AsSpan(line.LastIndexOf(' ') + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            )
                continue;
            if (line.StartsWith(Name + "_count", StringComparison.Ordinal))
                count = value;
            if (line.StartsWith(Name + "_sum", StringComparison.Ordinal))
                sum = value;
        }
        return count is { } commits && sum is { } messages ? new CommitCounters(commits, messages) : null;
    }
}
