using System.Globalization;
using OmniIoT.Simulators.Api;

namespace OmniIoT.Simulators.Load;

/// <summary>The devices that the load generator speaks for: a model with rules on, a device for each connection.</summary>
internal static class LoadSeed
{
    public const string ModelId = "load-machine";

    public const string Model = """
        { "id": "load-machine", "name": "Load machine",
          "metrics": { "temperature": {"unit": "Cel"}, "vibration": {"unit": "mm/s"}, "current": {"unit": "A"}, "pressure": {"unit": "kPa"},
                       "humidity": {"unit": "%"}, "speed": {"unit": "{rpm}"}, "door": {"values": ["open", "closed"]}, "note": {} },
          "rules": [
            { "type": "overheat", "severity": "major", "when": "temperature > 80 for 30s", "clear": "temperature < 75 for 60s" },
            { "type": "vibration", "severity": "minor", "when": "vibration > 7 and door == 'closed'" },
            { "type": "overload", "severity": "warning", "when": "current > 16 for 10s or speed > 1400" } ] }
        """;

    public static string DeviceId(int index) => string.Create(CultureInfo.InvariantCulture, $"load-{index:D4}");

    /// <summary>The devices' secrets, in order.</summary>
    public static async Task<IReadOnlyList<string>> PrepareAsync(OmniApi api, int first, int devices, CancellationToken cancellationToken)
    {
        await api.PutAsync("models/load-machine", Model, cancellationToken);
        string[] secrets = new string[devices];
        for (int index = 0; index < devices; index++)
            secrets[index] = await api.RegisterDeviceAsync(
                DeviceId(first + index),
                new() { ["model"] = "load-machine", ["name"] = $"Load machine {first + index}" },
                cancellationToken
            );
        return secrets;
    }
}
