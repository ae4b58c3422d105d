using System.Diagnostics;
using System.Globalization;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;
using OmniIoT.Domain.Places;
using OmniIoT.Geometry;

namespace OmniIoT.Benchmarks;

/// <summary>
/// The fence index beside NetTopologySuite's STRtree with prepared polygons: both return all fences of each point, on one thread, and
/// must agree. Times are of CPU, so that what else the machine does counts little.
/// </summary>
internal sealed class FenceComparison(TextWriter output)
{
    private const int Points = 2_000_000;
    private const int Changes = 1_000;

    public int Run(IReadOnlyList<int> sizes, CancellationToken cancellationToken)
    {
        output.WriteLine("fences      ours, points/s   STRtree   ratio   bytes a fence   built, s of CPU   a change   allocated a match");
        foreach (int size in sizes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ShopFences shops = new(size);
            Measure(size, shops, shops.Points(Points));
        }

        return 0;
    }

    private void Measure(int size, ShopFences shops, Position[] points)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        TimeSpan start = Cpu;
        FenceIndex index = FenceIndex.Build(shops.Fences);
        TimeSpan cpu = Cpu - start;
        double bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)size;

        (double ours, int found, double allocated) = Match(index, points);
        (double theirs, int foundByTree) = Match(TreeOf(shops.Fences), points[..Math.Min(points.Length, 200_000)]);
        int foundAgain = Match(index, points[..Math.Min(points.Length, 200_000)]).Found;
        if (foundAgain != foundByTree)
            throw new InvalidOperationException($"Of the same points ours found {foundAgain}, the STRtree {foundByTree} fences.");
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{size, -9:N0} {ours, 16:N0} {theirs, 9:N0} {ours / theirs, 7:F1} {bytes, 15:N0} {cpu.TotalSeconds, 17:F1} {Change(index, shops), 7:F0} µs {allocated, 14:F1} B   ({found} found)"
            )
        );
    }

    private static TimeSpan Cpu => Environment.CpuUsage.TotalTime;

    private static (double PerSecond, int Found, double Allocated) Match(FenceIndex index, Position[] points)
    {
        List<Fence> result = new(1024);
        int Round()
        {
            int found = 0;
            foreach (Position point in points)
            {
                result.Clear();
                index.Match(point, result);
                found += result.Count;
            }

            return found;
        }

        Round();
        Round();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan start = Cpu;
        int all = Round();
        double seconds = (Cpu - start).TotalSeconds;
        return (points.Length / seconds, all, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)points.Length);
    }

    private static (double PerSecond, int Found) Match(STRtree<IPreparedGeometry> tree, Position[] points)
    {
        NetTopologySuite.Geometries.Point[] places = [.. points.Select(ToNetTopologySuite.Point)];
        int Round(int count)
        {
            int found = 0;
            foreach (NetTopologySuite.Geometries.Point place in places.AsSpan(0, count))
            {
                foreach (IPreparedGeometry area in tree.Query(place.EnvelopeInternal))
                    found += area.Covers(place) ? 1 : 0;
            }

            return found;
        }

        Round(Math.Min(points.Length, 10_000));
        TimeSpan start = Cpu;
        int all = Round(places.Length);
        return (points.Length / (Cpu - start).TotalSeconds, all);
    }

    // Every polygon is prepared when it is first asked for, and keeps what it prepared.
    private static STRtree<IPreparedGeometry> TreeOf(IReadOnlyList<Fence> fences)
    {
        STRtree<IPreparedGeometry> tree = new();
        foreach (Fence fence in fences)
        {
            IPreparedGeometry area = PreparedGeometryFactory.Prepare(ToNetTopologySuite.Polygon((Polygon)fence.Geometry));
            tree.Insert(area.Geometry.EnvelopeInternal, area);
        }

        tree.Build();
        return tree;
    }

    // The median of as many fences that are put anew, each upon the one before.
    private static double Change(FenceIndex index, ShopFences shops)
    {
        double[] microseconds = new double[Changes];
        for (int i = 0; i < Changes; i++)
        {
            Fence fence = shops.Fences[(int)((i * 7919L) % shops.Fences.Count)];
            long start = Stopwatch.GetTimestamp();
            index = index.With(fence);
            microseconds[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(microseconds);
        return microseconds[Changes / 2];
    }
}
