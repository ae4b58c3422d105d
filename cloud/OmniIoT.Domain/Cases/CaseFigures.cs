using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Figures;

namespace OmniIoT.Domain.Cases;

/// <summary>What is counted of cases.</summary>
internal static class CaseFigures
{
    public static void CountOpened(this Decision decision, Case opened)
    {
        FigureSubject of = Of(opened);
        decision.Count(Measures.Opened, of);
        if (!opened.IsBySelf)
            return;
        decision.Count(Measures.OpenedBeforeContact, of);
        decision.CountSeconds(Measures.Detect, of, opened.OpenedAt - opened.FirstSymptomAt);
    }

    /// <param name="verified">Whether the device's telemetry proved it.</param>
    public static void CountClosed(this Decision decision, Case closed, bool verified)
    {
        FigureSubject of = Of(closed);
        decision.Count(Measures.Closed, of);
        if (verified)
            decision.Count(Measures.VerifiedRepairs, of);
        if (closed.IsBySelf && closed.ResolvedAt is { } at)
            decision.CountSeconds(Measures.Repair, of, at - closed.FirstSymptomAt);
    }

    /// <summary>The customer said something of it: one that had no channel has theirs now, and by it counts where it was opened.</summary>
    public static void CountAsked(this Decision decision, Case opened, string? channel)
    {
        if (opened.Channel is null && channel is not null)
            decision.Count(Measures.Opened, new FigureSubject { Channel = channel, IsPart = true }, opened.OpenedAt);
        if (opened.IsBySelf)
            decision.Count(Measures.Contacted, Of(opened));
    }

    public static FigureSubject Of(Case @case) =>
        new()
        {
            Channel = @case.Channel,
            Queue = @case.Queue,
            Agent = @case.Assignee,
            Model = @case.Model,
        };
}
