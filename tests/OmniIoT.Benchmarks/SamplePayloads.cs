using System.Globalization;

namespace OmniIoT.Benchmarks;

/// <summary>Telemetry of about 200 bytes, as a washer sends it.</summary>
internal static class SamplePayloads
{
    public static readonly long FirstMilliseconds = 1_795_000_000_000;

    public static string Telemetry(int number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"ts":{{{FirstMilliseconds + (number * 1000L)}}},"seq":{{{number}}},"values":{"temperature":{{{60 + (number % 15)}}}.25,"vibration":{{{2 + (number % 3)}}}.4,"door":"closed","hours":{{{1200 + (number / 3600.0):F3}}},"current":11.7,"pressure":101.3,"speed":1180}}"""
        );
}
