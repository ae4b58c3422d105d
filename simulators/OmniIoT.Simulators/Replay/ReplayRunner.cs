using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Mqtt.Client;
using OmniIoT.Simulators.Api;
using OmniIoT.Simulators.Fleet;

namespace OmniIoT.Simulators.Replay;

/// <summary>Sends a recording of a real machine through MQTT, in device time, and reports what the host's rules made of it.</summary>
public sealed class ReplayRunner(ReplayOptions options, TimeProvider time, TextWriter progress, TextWriter result)
{
    private const string Model = "press-p7";

    // How often, in device time, the operator looks at the cases.
    private static readonly TimeSpan Watch = TimeSpan.FromHours(1);

    private readonly RunCounters _counters = new();

    /// <exception cref="SimulationException">The host cannot be reached or refuses, a file cannot be understood, or the device has later
    /// readings.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RecordedValue> readings = ReadingFile.Read(options.File);
        IReadOnlyList<FailureWindow> windows = options.WindowsFile is { } file
            ? FailureWindow.Read(file, Path.GetFileName(options.File))
            : [];
        using OmniApi api = new(options.Host);
        string secret = await RegisterAsync(api, readings[0].At, cancellationToken);
        await using MqttClient client = MqttSignIn.Create(
            options.Host,
            $"replay-{options.DeviceId}",
            options.DeviceId,
            secret,
            time,
            new Random(1)
        );
        await MqttSignIn.ConnectAsync(client, options.Host, [], cancellationToken);
        progress.WriteLine(
            $"{readings.Count:N0} readings of {Path.GetFileName(options.File)}, {readings[0].At} to {readings[^1].At}, as {options.DeviceId}/{options.Metric}."
        );
        CaseCloser closer = new(api, options.DeviceId);
        long started = time.GetTimestamp();
        await SendAllAsync(new ReplayPublisher(client, options.DeviceId, options.Metric, _counters), closer, readings, cancellationToken);
        TimeSpan elapsed = time.GetElapsedTime(started);
        result.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_counters.Acknowledged:N0} readings acknowledged in {elapsed.TotalSeconds:F1} s ({_counters.Acknowledged / elapsed.TotalSeconds:N0} /s)."
            )
        );
        await JudgeAsync(api, closer, windows, cancellationToken);
    }

    /// <summary>Model and device when missing; the device's secret.</summary>
    private async Task<string> RegisterAsync(OmniApi api, Instant first, CancellationToken cancellationToken)
    {
        if (await api.FindAsync($"devices/{options.DeviceId}", cancellationToken) is not null)
        {
            JsonNode? twin = await api.GetAsync($"devices/{options.DeviceId}/twin", cancellationToken);
            if (Instant.TryParse((string?)twin?["values"]?[options.Metric]?["at"], out Instant newest) && newest >= first)
                throw new SimulationException(
                    $"Device {options.DeviceId} has readings up to {newest}, later than the recording's first: rules would take it for late news. Name a fresh --device."
                );
        }
        else if (await api.FindAsync($"models/{Model}", cancellationToken) is null)
            await api.PutAsync($"models/{Model}", SampleModels.Read(Model), cancellationToken);
        return await api.RegisterDeviceAsync(
            options.DeviceId,
            new() { ["model"] = Model, ["name"] = $"Press {options.DeviceId}" },
            cancellationToken
        );
    }

    private async Task SendAllAsync(
        ReplayPublisher publisher,
        CaseCloser closer,
        IReadOnlyList<RecordedValue> readings,
        CancellationToken cancellationToken
    )
    {
        long started = time.GetTimestamp();
        (Instant watchAt, TimeSpan tellAt) = (readings[0].At + Watch, TimeSpan.Zero);
        foreach (RecordedValue reading in readings)
        {
            if (reading.At >= watchAt)
            {
                await publisher.DrainAsync(cancellationToken);
                await closer.CloseClearedAsync(cancellationToken);
                watchAt = reading.At + Watch;
            }
            await PaceAsync(started, reading.At - readings[0].At, cancellationToken);
            await publisher.SendAsync(reading, cancellationToken);
            if (time.GetElapsedTime(started) < tellAt)
                continue;
            Tell(started, reading, readings.Count);
            tellAt = time.GetElapsedTime(started) + TimeSpan.FromSeconds(2);
        }
        await publisher.DrainAsync(cancellationToken);
    }

    private async Task PaceAsync(long started, TimeSpan deviceTime, CancellationToken cancellationToken)
    {
        if (options.Speed <= 0)
            return;
        TimeSpan wait = (deviceTime / options.Speed) - time.GetElapsedTime(started);
        // The timer's grain is a millisecond; what is shorter is made up by the next reading.
        if (wait > TimeSpan.FromMilliseconds(1))
            await Task.Delay(wait, time, cancellationToken);
    }

    private void Tell(long started, RecordedValue reading, int total)
    {
        double elapsed = time.GetElapsedTime(started).TotalSeconds;
        progress.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{elapsed, 6:F0} s  {_counters.Acknowledged, 8:N0} of {total:N0} acknowledged  {_counters.Acknowledged / Math.Max(elapsed, 0.001), 8:N0} /s  device time {reading.At}"
            )
        );
    }

    private async Task JudgeAsync(OmniApi api, CaseCloser closer, IReadOnlyList<FailureWindow> windows, CancellationToken cancellationToken)
    {
        List<RaisedAlarm> alarms = (await api.ListAsync($"alarms?deviceId={options.DeviceId}", cancellationToken))
            .Select(RaisedAlarm.Parse)
            .OrderBy(alarm => alarm.RaisedAt)
            .ToList();
        IReadOnlyList<JsonNode> cases = await api.ListAsync($"cases?deviceId={options.DeviceId}", cancellationToken);
        result.WriteLine(
            $"{alarms.Count} alarms, {cases.Count} cases; a device has at most one unresolved case, so the replay itself resolved {closer.Resolved} once their alarms had cleared, as an operator would."
        );
        foreach (RaisedAlarm alarm in alarms)
            result.WriteLine($"  {alarm.RaisedAt}  {alarm.Type, -10} {alarm.Severity, -8} {CaseNumber(cases, alarm)}");
        if (windows.Count > 0)
            result.Write(ReplayVerdict.Judge(windows, alarms));
    }

    private static string CaseNumber(IReadOnlyList<JsonNode> cases, RaisedAlarm alarm) =>
        cases.FirstOrDefault(item => (string?)item["id"] == alarm.CaseId) is { } item
            ? $"case {item["number"]}, {item["status"]}"
            : "no case";
}
