using System.Text;
using OmniIoT.Devices.Metrics;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Telemetry.Influx.Points;
using OmniIoT.TestKit.Telemetry;

namespace OmniIoT.Telemetry.Influx.Tests.Points;

public sealed class LineProtocolTests(SharedInflux influx) : InfluxBench(influx)
{
    /// <summary>What line protocol, InfluxQL, JSON or our own way of writing names may stumble over, and some of everything else.</summary>
    private static readonly string[] Pieces =
    [
        "\\",
        "\"",
        "'",
        ",",
        " ",
        "=",
        "\n",
        "\r",
        "\t",
        "\0",
        "\u001f",
        "\u007f",
        "%",
        "%2",
        "%25",
        "%5C",
        "#",
        "/",
        ";",
        "--",
        "\\n",
        "\\\\",
        "\\\"",
        "a",
        "B",
        "7",
        "é",
        "ə",
        "日本",
        "😀",
        "\u2028",
        "\ufeff",
        "i",
        "t",
        "$x",
        "{}",
        "..",
        "`",
    ];

    [Theory]
    [InlineData("d1", "temperature", "telemetry,device=d1,metric=temperature")]
    [InlineData("a:b", "Node Control/Rebirth", "telemetry,device=a:b,metric=Node\\ Control/Rebirth")]
    [InlineData("d1", "a,b=c \"d\"", "telemetry,device=d1,metric=a\\,b\\=c\\ \"d\"")]
    [InlineData("d1", "a\\", "telemetry,device=d1,metric=a%5C")]
    [InlineData("d1", "50 %\n", "telemetry,device=d1,metric=50\\ %25%0A")]
    [InlineData("d1", "", "telemetry,device=d1,metric=%")]
    public void Names_are_written_so_that_nothing_is_lost(string deviceId, string metric, string series) =>
        Assert.Equal(series, LineProtocol.Series(deviceId, metric));

    public static TheoryData<MetricValue, long?, string> Values { get; } =
        new()
        {
            { MetricValue.FromNumber(71.3), null, "s kind=1i,number=71.3 1796082600000000000\n" },
            { MetricValue.FromNumber(1e300), 5, "s kind=1i,number=1E+300,seq=5i 1796082600000000006\n" },
            { MetricValue.FromNumber(-3), -1, "s kind=1i,number=-3,seq=-1i 1796082600000999983\n" },
            { MetricValue.FromNumber(double.NaN), null, "s kind=4i,text=\"NaN\" 1796082600000000000\n" },
            { MetricValue.FromBoolean(true), null, "s kind=2i,number=1 1796082600000000000\n" },
            { MetricValue.FromBoolean(false), null, "s kind=2i,number=0 1796082600000000000\n" },
            { MetricValue.FromText(""), null, "s kind=3i,text=\"\" 1796082600000000000\n" },
            { MetricValue.FromText("say \"a\\b\",\nc=d"), null, "s kind=3i,text=\"say \\\"a\\\\b\\\",\nc=d\" 1796082600000000000\n" },
            { default, null, "s kind=5i 1796082600000000000\n" },
        };

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_are_written_by_their_kind(MetricValue value, long? seq, string line)
    {
        StringBuilder lines = new();

        LineProtocol.Append(lines, "s", new Reading(Start, seq, value));

        Assert.Equal(line, lines.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_names_and_texts_come_back_as_they_were(int seed)
    {
        Random random = new(seed);
        InfluxTelemetryStore store = Open();
        Dictionary<string, Reading[]> written = new(StringComparer.Ordinal) { [""] = [At(0)] };
        while (written.Count < 150)
        {
            written[Any(random)] = [.. Enumerable.Range(0, 8).Select(i => new Reading(Start, i, MetricValue.FromText(Any(random))))];
        }
        await store.ApplyAsync(1, Start, [.. written.Select(series => new SeriesReadings("d1", series.Key, series.Value))], Cancel);

        Assert.Equal(written.Keys.Order(StringComparer.Ordinal), await store.MetricsAsync("d1", Cancel));
        foreach ((string metric, Reading[] readings) in written)
            Assert.Equal(readings, await RawOf(store, metric: metric));
    }

    private static string Any(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
