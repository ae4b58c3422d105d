using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Simulators.Replay;

/// <summary>An alarm as the host lists it, in device time.</summary>
/// <param name="CaseId">Null when it opened or joined none.</param>
public sealed record RaisedAlarm(string Type, string Severity, Instant RaisedAt, string? CaseId)
{
    public static RaisedAlarm Parse(JsonNode node) =>
        new((string?)node["type"] ?? "", (string?)node["severity"] ?? "", InstantOf(node["raisedAt"]), (string?)node["caseId"]);

    private static Instant InstantOf(JsonNode? node) =>
        Instant.TryParse((string?)node, out Instant at) ? at : throw new SimulationException($"The host's raisedAt '{node}' is no time.");
}

/// <summary>Which of the labelled failures the host's rules caught. Pure.</summary>
public sealed record ReplayVerdict(IReadOnlyList<WindowVerdict> Windows, int CasesOutside, int AlarmsOutside)
{
    /// <param name="alarms">All of the device. A case counts as outside when none of its alarms fell into a window.</param>
    public static ReplayVerdict Judge(IReadOnlyList<FailureWindow> windows, IReadOnlyList<RaisedAlarm> alarms)
    {
        bool IsInside(RaisedAlarm alarm) => windows.Any(window => window.Contains(alarm.RaisedAt));
        IEnumerable<WindowVerdict> verdicts = windows.Select(window => new WindowVerdict(
            window,
            alarms.Where(alarm => window.Contains(alarm.RaisedAt)).MinBy(alarm => alarm.RaisedAt)
        ));
        int casesOutside = alarms
            .Where(alarm => alarm.CaseId is not null)
            .GroupBy(alarm => alarm.CaseId)
            .Count(group => !group.Any(IsInside));
        return new ReplayVerdict([.. verdicts], casesOutside, alarms.Count(alarm => !IsInside(alarm)));
    }

    public override string ToString()
    {
        StringBuilder text = new();
        foreach (WindowVerdict window in Windows)
            text.AppendLine(window.ToString());
        text.Append(
            CultureInfo.InvariantCulture,
            $"caught {Windows.Count(window => window.First is not null)} of {Windows.Count} labelled failures; "
        );
        text.AppendLine(CultureInfo.InvariantCulture, $"{CasesOutside} cases and {AlarmsOutside} alarms outside any window");
        return text.ToString();
    }
}

/// <param name="First">The first alarm within; null when the failure was missed.</param>
public sealed record WindowVerdict(FailureWindow Window, RaisedAlarm? First)
{
    /// <summary>How long before the window's end the failure was known.</summary>
    public TimeSpan? Lead => First is null ? null : Window.To - First.RaisedAt;

    public override string ToString() =>
        $"{Window.From} … {Window.To}: "
        + (
            First is { } first
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"caught by '{first.Type}' ({first.Severity}{(first.CaseId is null ? ", no case" : ", case opened")}) at {first.RaisedAt}, {Lead!.Value.TotalHours:F1} h before the window's end"
                )
                : "missed"
        );
}
