using Microsoft.Extensions.Configuration;
using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Settings;

/// <summary>Says whether the settings are right, and what would be sent by them, without touching hardware or network.</summary>
internal static class SettingsCheck
{
    /// <summary>The exit code: 0 right, 1 wrong.</summary>
    public static int Run(IConfiguration configuration, TextWriter output, TextWriter mistakes)
    {
        (AgentOptions? options, IReadOnlyList<string>? wrong) = AgentOptionsReader.Read(configuration);
        foreach (string mistake in wrong)
            mistakes.WriteLine(mistake);
        if (options is null)
            return 1;
        Board board = new(options.Sysfs, TimeProvider.System);
        foreach (SensorSpec spec in options.Sensors)
            output.WriteLine($"sensor {spec.Id} ({spec.Type}): {Metrics(spec, board)}");
        foreach (OutputSpec spec in options.Outputs)
            output.WriteLine($"output {spec.Id} ({spec.Type}): {(spec.IsOnWhenIdle ? "on" : "off")} when idle");
        output.WriteLine("The settings are right.");
        return 0;
    }

    private static string Metrics(SensorSpec spec, Board board)
    {
        using ISensor sensor = board.Open(spec);
        return string.Join(
            ", ",
            sensor
                .Quantities.Select(quantity => (quantity, Name: Name(spec, quantity.Name)))
                .Where(metric => metric.Name is not null)
                .Select(metric => $"{metric.Name} in {metric.quantity.Unit}")
        );
    }

    private static string? Name(SensorSpec spec, string quantity) =>
        spec.Metrics.Count == 0 ? quantity : spec.Metrics.FirstOrDefault(metric => metric.Quantity == quantity)?.Name;
}
