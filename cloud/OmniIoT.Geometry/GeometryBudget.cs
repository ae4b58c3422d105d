using NetTopologySuite.Noding;

namespace OmniIoT.Geometry;

/// <summary>The geometry costs more to check than anybody's place is worth.</summary>
internal sealed class TooIntricateException() : Exception("The geometry is too intricate.");

/// <summary>
/// What checking one fence may cost. Rings whose edges run close beside one another make work that grows with the square of their
/// number, whatever the library; counting what would have to be compared is cheap and comes first.
/// </summary>
internal sealed class GeometryBudget(CancellationToken cancellationToken)
{
    /// <summary>
    /// Pairs of edges whose boxes overlap. A coast of 10,000 vertices has some ten thousand; as many as this cost about a second.
    /// </summary>
    private const int MaximumPairs = 2_000_000;

    private const int PairsBetweenLooks = 4_096;

    private int _pairs;

    /// <exception cref="TooIntricateException">The rings together go beyond it.</exception>
    public void Charge(IEnumerable<NetTopologySuite.Geometries.LinearRing> rings) =>
        new MCIndexNoder(new Counter(this)).ComputeNodes([.. rings.Select(ring => new NodedSegmentString(ring.Coordinates, null))]);

    /// <exception cref="TooIntricateException">They go beyond it.</exception>
    public void Charge(int pairs)
    {
        int before = _pairs;
        _pairs += pairs;
        if (_pairs > MaximumPairs)
            throw new TooIntricateException();
        if (before / PairsBetweenLooks != _pairs / PairsBetweenLooks)
            cancellationToken.ThrowIfCancellationRequested();
    }

    private sealed class Counter(GeometryBudget budget) : ISegmentIntersector
    {
        public bool IsDone => false;

        public void ProcessIntersections(ISegmentString first, int firstIndex, ISegmentString second, int secondIndex) => budget.Charge(1);
    }
}
