using OmniIoT.Devices.Time;
using OmniIoT.Simulators.Replay;

namespace OmniIoT.Simulators.Tests.Replay;

public sealed class RecordingFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("omniiot-replay-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Readings_are_in_utc()
    {
        IReadOnlyList<RecordedValue> readings = ReadingFile.Read(
            Write("r.csv", "timestamp,value\n2013-12-02 21:15:00,73.96732207\n2013-12-02 21:20:00,74.9\n")
        );

        Assert.Equal(
            [new RecordedValue(At("2013-12-02T21:15:00Z"), 73.96732207), new RecordedValue(At("2013-12-02T21:20:00Z"), 74.9)],
            readings
        );
    }

    [Theory]
    [InlineData("timestamp,value\nyesterday,1\n", "line 2")]
    [InlineData("timestamp,value\n2013-12-02 21:15:00,1\n2013-12-02 21:20:00\n", "line 3")]
    [InlineData("timestamp,value\n", "no readings")]
    public void A_line_that_is_none_is_named(string content, string expected)
    {
        SimulationException failure = Assert.Throws<SimulationException>(() => ReadingFile.Read(Write("r.csv", content)));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_are_found_by_the_series_file_name()
    {
        string path = Write("w.json", """{ "a/x.csv": [], "b/r.csv": [["2013-12-15 17:50:00.000000", "2013-12-17 17:00:00.000000"]] }""");

        Assert.Equal([new FailureWindow(At("2013-12-15T17:50:00Z"), At("2013-12-17T17:00:00Z"))], FailureWindow.Read(path, "r.csv"));
        Assert.Throws<SimulationException>(() => FailureWindow.Read(path, "other.csv"));
    }

    private static Instant At(string text) => Instant.TryParse(text, out Instant at) ? at : throw new FormatException(text);

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
