using OmniIoT.Domain.Figures;

namespace OmniIoT.Ports.Queries;

/// <summary>What was counted.</summary>
public interface IFigureQueries
{
    /// <summary>Sums over a stretch of time.</summary>
    /// <param name="dimension">One of <see cref="Dimensions"/>.</param>
    ValueTask<IReadOnlyList<Figure>> ReadAsync(string dimension, FigureRange range, CancellationToken cancellationToken);
}

/// <summary>How often something happened, and what was measured of it in all.</summary>
/// <param name="Value">Of the dimension.</param>
/// <param name="Measure">One of <see cref="Measures"/>.</param>
public readonly record struct Figure(string Value, string Measure, int Bin, long Times, long Sum);
