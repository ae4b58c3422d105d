using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Rules;
using OmniIoT.Devices.Topics;

namespace OmniIoT.Devices.Tests;

public sealed class AllocationTests
{
    private static readonly byte[] Telemetry =
        """{"ts":"2026-11-22T01:33:00.000Z","seq":123456,"values":{"t":71.3,"p":9.05,"door":"open","x":true,"current":1.25,"voltage":230.4,"rpm":1400,"mode":"cotton","load":0.62,"inlet":3.1,"level":48.5}}"""u8.ToArray();

    [Fact]
    public void Telemetry_is_read_applied_and_judged_without_allocation()
    {
        TestDevice device = new(
            """
            [{"type":"a","severity":"major","when":"t > 80 for 30s","clear":"t < 75 for 60s"},
             {"type":"b","severity":"minor","when":"p - t / 2 > 5 and door == 'open' or not x"},
             {"type":"c","severity":"minor","when":"event('E42')"},
             {"type":"f","severity":"minor","when":"anomaly(p) > 0.9 for 1m"},
             {"type":"g","severity":"minor","when":"avg(t, 1m) > 90 or stddev(p, 2m) > 3 or count(event('E42'), 1h) > 2"},
             {"type":"d","severity":"minor","when":"silent for 15m"},
             {"type":"e","severity":"minor","when":"reported.mode == 'eco'"}]
            """
        );
        TelemetryBatch batch = new();
        List<RuleTransition> output = new(16);
        List<AlarmCorrection> corrections = [];
        device.Rules.SetReported(device.State, new System.Text.Json.Nodes.JsonObject { ["mode"] = "cotton" });
        void Turn(int second)
        {
            if (!batch.TryRead(Telemetry, device.Values, out _))
                throw new InvalidOperationException("The telemetry is valid.");
            foreach (ref readonly TelemetryEntry entry in batch.Entries(batch.Points[0]))
                device.Rules.TakeReading(
                    device.State,
                    entry.Slot,
                    batch.Value(entry, device.Values),
                    TestDevice.At(second),
                    replaces: true
                );
            batch.Apply(batch.Points[0], device.Values, TestDevice.At(second));
            device.Rules.Observe(device.State, new Observation { Values = device.Values, At = TestDevice.At(second) }, output, corrections);
        }
        for (int second = 0; second < 200; second++)
            Turn(second);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int second = 200; second < 1200; second++)
            Turn(second);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Topics_locations_and_sightings_are_read_without_allocation()
    {
        SightingBatch batch = new();
        void Turn()
        {
            PlatformTopics.Parse("devices/press-7/commands/c1/response"u8);
            Payload.TryReadLocation("""{"ts":1000,"lat":40.41,"lon":49.86,"accuracy":8}"""u8, out _, out _);
            Payload.TryReadEvent("""{"ts":1000,"type":"error","code":"E42","message":"no water"}"""u8, out _, out _);
            batch.TryRead(
                """[{"ts":1000,"tag":"tag-1","rssi":-61},{"ts":1000,"tag":"tag-2","rssi":-62}]"""u8,
                SightingSource.Scanner,
                out _
            );
        }
        for (int i = 0; i < 200; i++)
            Turn();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Turn();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
