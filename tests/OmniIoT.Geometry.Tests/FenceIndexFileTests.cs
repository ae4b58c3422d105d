using OmniIoT.Domain.Places;

namespace OmniIoT.Geometry.Tests;

public sealed class FenceIndexFileTests
{
    private readonly RandomFences _source = new(seed: 31);

    [Fact]
    public void What_is_read_finds_what_was_written()
    {
        List<Fence> fences = _source.Make(300);
        FenceIndex written = FenceIndex.Build(fences.Take(200)).With(fences[200]).Without(fences[0].Id);
        Oracle oracle = new(fences[1..201]);

        (FenceIndex read, long version) = FenceIndex.Read(new MemoryStream(Write(written, version: 17)));

        Assert.Equal((200, 17), (read.Count, version));
        Assert.Equal(
            written.Fences.Select(fence => (fence.Id, fence.SiteId, fence.Name)).Order(),
            read.Fences.Select(fence => (fence.Id, fence.SiteId, fence.Name)).Order()
        );
        foreach (Fence fence in fences)
            oracle.AssertEqual(read, _source.PointNear(fence));
    }

    [Fact]
    public void None_are_written_and_read_as_none()
    {
        (FenceIndex read, _) = FenceIndex.Read(new MemoryStream(Write(FenceIndex.Empty, version: 0)));

        Assert.Equal(0, read.Count);
        Assert.Empty(read.Fences);
    }

    [Fact]
    public void A_file_that_is_cut_off_is_refused()
    {
        byte[] file = Write(FenceIndex.Build(_source.Make(20)), version: 1);

        foreach (int length in (int[])[0, 1, 40, file.Length / 2, file.Length - 1])
            Assert.Throws<InvalidDataException>(() => FenceIndex.Read(new MemoryStream(file[..length])));
    }

    [Fact]
    public void A_file_with_any_bit_changed_is_refused()
    {
        byte[] file = Write(FenceIndex.Build(_source.Make(20)), version: 1);

        for (int at = 0; at < file.Length; at += 7)
        {
            byte[] damaged = [.. file];
            damaged[at] ^= 4;
            Assert.Throws<InvalidDataException>(() => FenceIndex.Read(new MemoryStream(damaged)));
        }
    }

    [Fact]
    public void The_geometry_of_a_fence_that_was_found_is_the_one_that_was_given()
    {
        Fence fence = new(
            "f",
            "s",
            "Bar",
            new Polygon(
                new Ring([new(40, 49), new(40, 49.01), new(40.01, 49.01), new(40.01, 49), new(40, 49)]),
                [new Ring([new(40.002, 49.002), new(40.004, 49.002), new(40.004, 49.004), new(40.002, 49.002)])]
            )
        );
        List<Fence> found = [];

        FenceIndex.Build([fence, new Fence("c", "s", "Round", new Circle(new Position(1, 2), 30))]).Match(new(40.001, 49.001), found);

        Assert.Equal(fence, Assert.Single(found));
    }

    private static byte[] Write(FenceIndex index, long version)
    {
        using MemoryStream stream = new();
        index.Write(stream, version);
        return stream.ToArray();
    }
}
