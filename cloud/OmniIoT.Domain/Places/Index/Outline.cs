using System.Runtime.InteropServices;

namespace OmniIoT.Domain.Places.Index;

/// <summary>
/// What is left of a fence's edges when those along which two of its parts meet are taken away: where it borders on the outside. Edges
/// meet across the antimeridian, too.
/// </summary>
internal static class Outline
{
    // Degrees (0.1 mm): edges that are no farther apart were meant to be the same line.
    private const double Near = 1e-9;

    /// <summary>The border; the same edges when none is shared.</summary>
    public static Edge[] Of(Edge[] edges)
    {
        Edge[] northwards = [.. edges.OrderBy(edge => edge.Y1)];
        Dictionary<int, List<(double From, double To)>> shared = [];
        for (int i = 0; i < northwards.Length; i++)
        {
            for (int j = i + 1; j < northwards.Length && northwards[j].Y1 <= northwards[i].Y2 + Near; j++)
                Share(northwards, i, j, shared);
        }

        return shared.Count == 0
            ? edges
            :
            [
                .. northwards.SelectMany(
                    (edge, i) => shared.TryGetValue(i, out List<(double From, double To)>? spans) ? Rest(edge, spans) : [edge]
                ),
            ];
    }

    private static void Share(Edge[] edges, int i, int j, Dictionary<int, List<(double From, double To)>> shared)
    {
        Edge edge = edges[i];
        Edge other = edges[j].Beside(edge);
        if (!edge.MayTouch(other, Near) || Span(edge, other) is not { } span || Span(other, edge) is not { } otherSpan)
            return;
        Add(i, span);
        Add(j, otherSpan);

        void Add(int index, (double From, double To) part) =>
            (CollectionsMarshal.GetValueRefOrAddDefault(shared, index, out _) ??= []).Add(part);
    }

    // The stretch of an edge that lies along another one, as fractions of its length; null when it is no more than a point.
    private static (double From, double To)? Span(Edge edge, Edge other)
    {
        (double first, double last) = (edge.Project(other.X1, other.Y1), edge.Project(other.X2, other.Y2));
        (double from, double to) = (Math.Max(0, Math.Min(first, last)), Math.Min(1, Math.Max(first, last)));
        bool isStretch = (to - from) * edge.Length > Near;
        return isStretch && LiesOn(edge.At(from), other) && LiesOn(edge.At(to), other) ? (from, to) : null;
    }

    private static bool LiesOn((double X, double Y) point, Edge edge)
    {
        (double x, double y) = edge.At(Math.Clamp(edge.Project(point.X, point.Y), 0, 1));
        return Math.Abs(point.X - x) <= Near && Math.Abs(point.Y - y) <= Near;
    }

    private static IEnumerable<Edge> Rest(Edge edge, List<(double From, double To)> spans)
    {
        double reached = 0;
        foreach ((double from, double to) in spans.Order().Append((1, 1)))
        {
            if ((from - reached) * edge.Length > Near)
                yield return edge.Between(reached, from);
            reached = Math.Max(reached, to);
        }
    }
}
