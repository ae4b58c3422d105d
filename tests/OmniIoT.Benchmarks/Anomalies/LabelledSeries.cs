using OmniIoT.Devices.Time;
using OmniIoT.Simulators.Replay;

namespace OmniIoT.Benchmarks.Anomalies;

/// <summary>A recorded or made-up series whose anomalies are known.</summary>
/// <param name="Name">Folder and file, as the file of labels has it.</param>
/// <param name="Windows">In order of time; what is wrong lies within.</param>
internal sealed record LabelledSeries(string Name, IReadOnlyList<RecordedValue> Readings, IReadOnlyList<FailureWindow> Windows)
{
    /// <summary>Of the readings; both ends are within.</summary>
    public IReadOnlyList<(int First, int Last)> WindowIndices =>
        [
            .. Windows
                .Select(window => (First: IndexOf(window.From), Last: IndexAfter(window.To) - 1))
                .Where(window => window.Last >= window.First),
        ];

    private int IndexOf(Instant at) => Count(reading => reading.At < at);

    private int IndexAfter(Instant at) => Count(reading => reading.At <= at);

    private int Count(Func<RecordedValue, bool> isBefore) => Readings.TakeWhile(isBefore).Count();
}
