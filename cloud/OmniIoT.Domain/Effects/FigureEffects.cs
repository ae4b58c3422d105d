using OmniIoT.Devices.Time;
using OmniIoT.Domain.Figures;
using OmniIoT.Domain.Voice;

namespace OmniIoT.Domain.Effects;

/// <summary>Adds to what is kept of a measure. It is as true as its unit, which is committed once or not at all.</summary>
/// <param name="Measure">One of <see cref="Measures"/>.</param>
public sealed record CountFigure(string Measure, FigureSubject Of, Instant At) : Effect
{
    public required long Times { get; init; }

    /// <summary>Of what is measured, such as seconds or scores.</summary>
    public long Sum { get; init; }

    /// <summary>Equal values are kept together; 0 where nothing is parted.</summary>
    public int Bin { get; init; }
}

/// <summary>Creates or replaces what a customer was asked, and answered.</summary>
public sealed record PutSurveyRequest(SurveyRequest Request) : Effect;
