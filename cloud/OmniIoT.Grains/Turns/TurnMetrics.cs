using OmniIoT.Devices.Models;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Metrics;
using OmniIoT.Ports.Tracing;

namespace OmniIoT.Grains.Turns;

/// <summary>Counts what a committed turn caused, and tells its trace.</summary>
internal sealed class TurnMetrics(OmniMetrics metrics)
{
    public void Committed(Turn turn)
    {
        CommitUnit unit = turn.Unit;
        int deadLetters = 0;
        foreach (Effect effect in unit.Effects)
        {
            switch (effect)
            {
                case AppendDeadLetter { DeadLetter: var letter }:
                    deadLetters++;
                    metrics.DeadLetters.Add(1, Tag("reason", Name(letter.Reason)));
                    break;
                case AppendDecision { Decision: var decision }:
                    metrics.Decisions.Add(1, Tag("reason", OfferDecision.NameOf(decision.Reason)));
                    break;
                case PutCase { Case: { Version: 1 } opened }:
                    metrics.Cases.Add(1, Tag("opened_by", Name(opened.OpenedBy)));
                    turn.Trace?.CaseOpened(opened);
                    break;
                default:
                    break;
            }
        }
        foreach (Severity severity in turn.RaisedAlarms)
            metrics.Alarms.Add(1, Tag("severity", Name(severity)));
        if (turn.NullReadings > 0)
            metrics.NullReadings.Add(turn.NullReadings);
        if (deadLetters > 0)
            metrics.Messages.Add(deadLetters, Tag("outcome", "dead_letter"));
        if (unit.MessageCount > deadLetters)
            metrics.Messages.Add(unit.MessageCount - deadLetters, Tag("outcome", "accepted"));
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
