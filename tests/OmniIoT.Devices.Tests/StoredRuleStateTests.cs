using System.Buffers;
using System.IO.Compression;

namespace OmniIoT.Devices.Tests;

/// <summary>What programs before this one have written is read on: the files in <c>Stored</c> are theirs, as their names say.</summary>
public sealed class StoredRuleStateTests
{
    private const string Metrics = """{"t":{"unit":"Cel"},"n":{"kind":"counter"}}""";

    /// <summary>Each minute from 0 to 540 s, of the minute <c>i</c>: t is i² and n 10·(i mod 6).</summary>
    [Theory]
    [InlineData("count(t, 10m) == 10")]
    [InlineData("avg(t, 10m) == 28.5")]
    [InlineData("max(t, 10m) == 81 and min(t, 10m) == 0")]
    [InlineData("stddev(t, 10m) * stddev(t, 10m) > 721.04 and stddev(t, 10m) * stddev(t, 10m) < 721.06")]
    [InlineData("delta(n, 10m) == 80")]
    public void Windows_go_on_with_readings_that_stand_one_by_one(string when) =>
        Assert.Equal("raised@540 since 540", Restored(when, "rules-of-version-2-few-readings").Say(540, """{"t":81,"n":30}"""));

    /// <summary>Each 5 s from 0 to 11995 s, of the reading <c>i</c>: t is 0.1 + (i mod 4) and n is i mod 1000.</summary>
    [Theory]
    [InlineData("count(t, 6h) == 2400")]
    [InlineData("avg(t, 6h) == 1.6")]
    [InlineData("min(t, 6h) == 0.1")]
    [InlineData("stddev(t, 6h) > 1.11803398 and stddev(t, 6h) < 1.11803399")]
    [InlineData("delta(n, 6h) == 2397")]
    public void Windows_go_on_with_readings_that_were_merged(string when) =>
        Assert.Equal("raised@11995 since 11995", Restored(when, "rules-of-version-2-many-readings").Say(11_995, """{"t":3.1,"n":399}"""));

    [Fact]
    public void A_program_before_this_one_reads_past_windows_and_goes_on_with_the_rest()
    {
        TestDevice device = new(
            """[{"type":"w","severity":"major","when":"avg(t, 10m) > 100"},{"type":"d","severity":"minor","when":"t > 80"}]""",
            Metrics
        );
        device.Say(0, """{"t":90}""");
        ArrayBufferWriter<byte> snapshot = new();
        device.Rules.WriteState(device.State, snapshot);

        // As it read them: a key, how many parts of four numbers, and these.
        SnapshotReader reader = new(snapshot.WrittenSpan[^(12 + 32)..]);
        reader.Int64();
        int parts = reader.Int32();

        Assert.Equal((1, true), (parts, snapshot.WrittenCount > 12 + 32));
        Assert.Equal(32, reader.Bytes(32).Length);
        Assert.True(reader.IsAtEnd);
    }

    private static TestDevice Restored(string when, string file)
    {
        TestDevice device = new($$"""[{"type":"r","severity":"minor","when":{{TestDevice.Quoted(when)}}}]""", Metrics);
        using Stream stored = typeof(StoredRuleStateTests).Assembly.GetManifestResourceStream(file + ".br")!;
        using BrotliStream unpacked = new(stored, CompressionMode.Decompress);
        using MemoryStream state = new();
        unpacked.CopyTo(state);
        device.Restore(state.ToArray());
        return device;
    }
}
