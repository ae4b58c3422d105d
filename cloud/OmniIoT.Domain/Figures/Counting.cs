using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Figures;

/// <summary>Counts what a decision brings, in the commit that makes it true.</summary>
internal static class Counting
{
    /// <summary>Something happened once.</summary>
    /// <param name="at">When; null: now.</param>
    public static void Count(this Decision decision, string measure, FigureSubject of, Instant? at = null) =>
        decision.Emit(new CountFigure(measure, of, at ?? decision.Moment.Now) { Times = 1 });

    /// <summary>Something took a while.</summary>
    public static void CountSeconds(this Decision decision, string measure, FigureSubject of, TimeSpan duration) =>
        decision.Emit(
            new CountFigure(measure, of, decision.Moment.Now)
            {
                Times = 1,
                Sum = (long)Math.Max(0, duration.TotalSeconds),
                Bin = measure == Measures.Waits ? WaitBins.Of(duration.TotalSeconds) : 0,
            }
        );

    /// <summary>Somebody gave a score.</summary>
    public static void CountScore(this Decision decision, string measure, FigureSubject of, int score) =>
        decision.Emit(
            new CountFigure(measure, of, decision.Moment.Now)
            {
                Times = 1,
                Sum = score,
                Bin = score,
            }
        );
}
