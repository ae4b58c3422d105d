using System.Buffers;
using System.Globalization;
using System.Text;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Rules;
using OmniIoT.Devices.Time;

namespace OmniIoT.Benchmarks;

/// <summary>
/// What windows add to a message: the same messages under ten rules without windows and under ten with three windows of an hour each,
/// one message a second of device time. The rules alone first, then the grains and the embedded stores.
/// </summary>
internal static class WindowCosts
{
    private const int Messages = 50_000;
    private const int Rounds = 5;

    public static async Task<int> RunAsync(int devices, TimeSpan duration, CancellationToken cancellationToken)
    {
        (double plain, int plainBytes) = Best(WindowModels.Plain);
        (double windows, int windowBytes) = Best(WindowModels.Windows);
        Say($"rules alone: {plain:F2} µs a message without windows, {windows:F2} with: {windows - plain:F2} more");
        Say($"what rules remember of a device: {plainBytes:N0} bytes without windows, {windowBytes:N0} with");
        (double cpu, double written) = await StoredAsync(WindowModels.Plain, devices, duration, cancellationToken);
        (double cpuWith, double writtenWith) = await StoredAsync(WindowModels.Windows, devices, duration, cancellationToken);
        Say($"{devices} devices, stored: {cpu:F1} µs of CPU a message without windows, {cpuWith:F1} with");
        Say(
            $"{devices} devices, stored: {written:N0} bytes written a message without windows, {writtenWith:N0} with: {writtenWith / written:F2} times"
        );
        return 0;
    }

    /// <summary>The best of a few rounds: what else the machine does only ever adds.</summary>
    private static (double MicrosecondsPerMessage, int Bytes) Best(string json)
    {
        DeviceModel model = DeviceModelReader.Read(Encoding.UTF8.GetBytes(json)).Model!;
        (double best, int bytes) = (double.PositiveInfinity, 0);
        for (int round = 0; round < Rounds; round++)
        {
            (double microseconds, bytes) = Measure(model);
            best = Math.Min(best, microseconds);
        }
        return (best, bytes);
    }

    private static (double MicrosecondsPerMessage, int Bytes) Measure(DeviceModel model)
    {
        MetricTable values = new(model.Schema);
        RuleState state = model.RuleSet.CreateState();
        TelemetryBatch batch = new();
        List<RuleTransition> transitions = [];
        byte[] payload =
            """{"temperature":64.25,"vibration":2.31,"current":11.7,"pressure":101.3,"humidity":41.5,"speed":1180,"door":"closed"}"""u8.ToArray();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (int second = 0; second < Messages; second++)
        {
            Instant at = new(second * 1000L);
            batch.TryRead(payload, values, out _);
            foreach (ref readonly TelemetryEntry entry in batch.Entries(batch.Points[0]))
            {
                MetricValue value = batch.Value(entry, values);
                model.RuleSet.TakeReading(state, entry.Slot, value, at, replaces: true);
            }
            batch.Apply(batch.Points[0], values, at);
            model.RuleSet.Observe(state, new Observation { Values = values, At = at }, transitions, []);
        }
        TimeSpan cpu = Environment.CpuUsage.TotalTime - before;
        ArrayBufferWriter<byte> snapshot = new();
        model.RuleSet.WriteState(state, snapshot);
        return (cpu.TotalMicroseconds / Messages, snapshot.WrittenCount);
    }

    private static async Task<(double MicrosecondsPerMessage, double BytesPerMessage)> StoredAsync(
        string model,
        int devices,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        await using GrainsInProcess grains = await GrainsInProcess.StartAsync(cancellationToken, model);
        await grains.RegisterAsync(..devices);
        using SparseDriver driver = new(grains.Ingress, devices, TimeSpan.FromSeconds(1));
        // An hour of each device's time, so that the windows are full.
        await driver.RunAsync(3600L * devices, Timeout.InfiniteTimeSpan, cancellationToken);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long written = BytesWritten();
        (long messages, TimeSpan _) = await driver.RunAsync(long.MaxValue, duration, cancellationToken);
        await grains.SettleAsync(cancellationToken);
        return ((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / messages, (double)(BytesWritten() - written) / messages);
    }

    /// <summary>All that this process has written to files: proc_pid_io(5).</summary>
    private static long BytesWritten() =>
        long.Parse(
            File.ReadLines("/proc/self/io").First(line => line.StartsWith("wchar:", StringComparison.Ordinal))["wchar:".Length..],
            CultureInfo.InvariantCulture
        );

    private static void Say(FormattableString sentence) => Console.WriteLine(sentence.ToString(CultureInfo.InvariantCulture));
}
