using System.CommandLine;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Simulators.Load;

namespace OmniIoT.Simulators.Commands;

/// <summary><c>load</c>: as many acknowledged messages as the host takes.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        HostOptions host = new();
        Option<int> connections = BoundedOption.Create("--connections", "Connections, a device each.", 100, 1, 10_000);
        Option<int> window = BoundedOption.Create("--window", "Messages under way per connection.", 100, 1, 65_535);
        Option<int> seconds = BoundedOption.Create("--seconds", "Length of the run.", 10, 1, 3600);
        Option<int> count = BoundedOption.Create(
            "--count",
            "End earlier, after so many acknowledged messages (0: only by time).",
            0,
            0,
            int.MaxValue
        );
        Option<int> rate = BoundedOption.Create(
            "--rate",
            "Messages per second over all connections (0: as many as the host takes).",
            0,
            0,
            10_000_000
        );
        Option<int> payload = BoundedOption.Create("--payload", "Bytes of a payload, about.", 200, 150, 8192);
        Option<int> qos = BoundedOption.Create("--qos", "Quality of service.", 1, 0, 2);
        Option<bool> paced = new("--paced") { Description = "Even schedule; latency counts from the scheduled time. Needs --rate." };
        Option<bool> plain = new("--plain") { Description = "A plain MQTT broker: anonymous, no REST." };
        Option<int?> processId = new("--host-pid")
        {
            Description = "Process whose CPU and memory to measure. Default: the one that listens on the MQTT port.",
        };
        Option<FileInfo?> json = new("--json") { Description = "Also write the figures to this file." };
        Command command = new("load", "Send telemetry as fast as the host acknowledges it, and measure.")
        {
            connections,
            window,
            seconds,
            count,
            rate,
            payload,
            qos,
            paced,
            plain,
            processId,
            json,
        };
        host.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(paced) && result.GetValue(rate) == 0)
                result.AddError("--paced needs a --rate.");
        });
        command.SetAction(
            (result, cancellationToken) =>
                Shell.RunAsync(
                    async () =>
                    {
                        LoadOptions options = new LoadOptions
                        {
                            Host = host.Read(result),
                            Connections = result.GetValue(connections),
                            Window = result.GetValue(window),
                            Duration = TimeSpan.FromSeconds(result.GetValue(seconds)),
                            Count = result.GetValue(count),
                            Rate = result.GetValue(rate),
                            PayloadBytes = result.GetValue(payload),
                            Qos = (QualityOfService)result.GetValue(qos),
                            Paced = result.GetValue(paced),
                            Plain = result.GetValue(plain),
                            HostProcessId = result.GetValue(processId),
                        };
                        LoadReport report = await new LoadRunner(options, TimeProvider.System, Console.Error).RunAsync(cancellationToken);
                        Console.Write(report);
                        // Not cancelled: what was measured until the stop is a result.
                        if (result.GetValue(json) is { } file)
                            await File.WriteAllTextAsync(file.FullName, report.ToJson(), CancellationToken.None);
                    },
                    cancellationToken
                )
        );
        return command;
    }
}
