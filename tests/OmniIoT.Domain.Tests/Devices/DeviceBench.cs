using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Tests.Devices;

/// <summary>One device's grain, driven by messages in device time; collects what it decides.</summary>
internal sealed class DeviceBench
{
    public static readonly Instant Start = new(1_772_445_600_000);

    public const string ModelJson = """
        { "id": "washer", "name": "Washer",
          "metrics": { "temperature": {"unit": "Cel"}, "door": {"values": ["open","closed"]} },
          "commands": { "slow-spin": {}, "restart": {"timeoutSeconds": 60} },
          "rules": [
            { "type": "overheat", "severity": "major", "when": "temperature > 80 for 30s", "clear": "temperature < 75",
              "case": { "title": "{{device.name}} runs hot", "priority": "high", "queue": "washers" },
              "notify": { "text": "Your {{model.name}} is hot." } },
            { "type": "boiling", "severity": "critical", "when": "temperature > 100",
              "case": { "title": "Boiling" }, "remedy": { "command": "slow-spin", "waitSeconds": 120 } },
            { "type": "door", "severity": "warning", "when": "door == 'open'" },
            { "type": "silent", "severity": "warning", "when": "silent for 15m" } ],
          "verify": { "healthyFor": "10m" } }
        """;

    /// <summary>The run of a process that goes on; all others ended.</summary>
    public const string LivingProcess = "run-1";

    /// <summary>No owner and no case.</summary>
    public static readonly RegistrationSurroundings Alone = new(null, []);

    private byte[]? _facts;
    private long _ids;
    private long _numbers;
    private long _arrivals;

    public DeviceBench(string? customerId = "ann", string model = ModelJson)
    {
        Scope = new DecisionScope(
            new DecisionBasis(
                new DecisionSettings(),
                NewId,
                _ => ++_numbers,
                () => "CODE2345",
                () => _arrivals++,
                process => process == LivingProcess,
                () => ToldByClock
            )
        );
        Scope.LookInto(CatalogWith(model));
        Scope.MoveTo(Start);
        Grain = DeviceDecider.Register(
            Decision,
            "w1",
            new RegisterDevice("washer", customerId, null, "Washer 1"),
            new RegistrationSurroundings("Ann", [])
        );
        TakeEffects();
    }

    public DecisionScope Scope { get; }

    public Decision Decision => Scope.Decision;

    /// <summary>What the machine's clock says where it is not believed.</summary>
    public Instant ToldByClock { get; set; } = Instant.MinValue;

    public DeviceDecider Grain { get; private set; }

    /// <summary>Sends a temperature measured so many seconds after the start, arriving at once.</summary>
    public List<Effect> Temperature(double seconds, double celsius, long? seq = null) =>
        Send(
            seconds,
            "telemetry",
            $$$"""{"ts":{{{(Start + TimeSpan.FromSeconds(seconds)).UnixMilliseconds}}},{{{(seq is null ? "" : $"\"seq\":{seq},")}}}"values":{"temperature":{{{celsius.ToString(CultureInfo.InvariantCulture)}}}}}"""
        );

    private string NewId() => (++_ids).ToString("D4", CultureInfo.InvariantCulture);

    public List<Effect> Send(double arrivesAtSeconds, string topic, string payload)
    {
        Refusal? refusal = TrySend(arrivesAtSeconds, topic, payload);
        Assert.Null(refusal);
        return TakeEffects();
    }

    public Refusal? TrySend(double arrivesAtSeconds, string topic, string payload)
    {
        Scope.MoveTo(Start + TimeSpan.FromSeconds(arrivesAtSeconds));
        Decision.Telemetry.BeginDevice("w1", Grain.State.Values);
        Refusal? refusal = Grain.Handle(Scope, Encoding.UTF8.GetBytes("devices/w1/" + topic), Encoding.UTF8.GetBytes(payload));
        Decision.Telemetry.EndDevice();
        return refusal;
    }

    public List<Effect> Do(Action<DeviceDecider, Decision> act, double? atSeconds = null)
    {
        if (atSeconds is { } seconds)
            Scope.MoveTo(Start + TimeSpan.FromSeconds(seconds));
        act(Grain, Decision);
        return TakeEffects();
    }

    /// <summary>Lets time pass.</summary>
    public List<Effect> WakeUp(double atSeconds)
    {
        Scope.MoveTo(Start + TimeSpan.FromSeconds(atSeconds));
        Grain.WakeUp(Scope);
        return TakeEffects();
    }

    /// <summary>The model is stored anew; the grain learns of it when it is touched next.</summary>
    public void Edit(string model) => Scope.LookInto(CatalogWith(model));

    /// <summary>Writes the grain's snapshot and goes on with what it reads back, as after a restart.</summary>
    public void Restart()
    {
        System.Buffers.ArrayBufferWriter<byte> snapshot = new();
        Grain.State.Write(snapshot);
        _facts = Grain.State.TakeFacts() ?? _facts;
        Grain = new DeviceDecider(
            DeviceState.Read(snapshot.WrittenSpan, _facts, id => Decision.Moment.Catalog.Models.GetValueOrDefault(id))
        );
    }

    /// <summary>Heats until the overheat alarm is raised: 85° from second 0 to 30.</summary>
    public List<Effect> Overheat(double fromSeconds = 0)
    {
        for (double at = fromSeconds; at < fromSeconds + 30; at += 10)
            Assert.Empty(Temperature(at, 85));
        return Temperature(fromSeconds + 30, 85);
    }

    private static Catalog CatalogWith(string json)
    {
        DeviceModelResult model = DeviceModelReader.Read(Encoding.UTF8.GetBytes(json));
        Assert.Empty(model.Mistakes);
        return Catalog.Empty with { Models = new Dictionary<string, DeviceModel> { ["washer"] = model.Model! }.ToFrozenDictionary() };
    }

    private List<Effect> TakeEffects()
    {
        List<Effect> taken = [.. Decision.Effects];
        Decision.Effects.Clear();
        return taken;
    }
}

internal static class EffectsExtensions
{
    public static IEnumerable<string> TimelineKinds(this IEnumerable<Effect> effects) =>
        effects.OfType<AppendTimeline>().Select(effect => effect.Entry.Kind);

    public static T Single<T>(this IEnumerable<Effect> effects)
        where T : Effect => Assert.Single(effects.OfType<T>());
}
