using System.CommandLine;
using OmniIoT.Devices;
using OmniIoT.Simulators.Replay;

namespace OmniIoT.Simulators.Commands;

/// <summary><c>replay</c>: a recorded machine through MQTT.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        HostOptions host = new();
        Option<FileInfo> file = new("--file") { Description = "Recording: a heading, then timestamp,value in UTC.", Required = true };
        Option<string> device = new("--device")
        {
            Description = "Device to replay as; created when missing (an industrial press).",
            Required = true,
        };
        Option<string> metric = new("--metric") { Description = "Metric that the values are.", DefaultValueFactory = _ => "temperature" };
        Option<double> speed = new("--speed")
        {
            Description = "Device seconds per second of ours (0: as fast as the host acknowledges).",
            DefaultValueFactory = _ => 0,
        };
        Option<FileInfo> windows = new("--windows")
        {
            Description = "Labelled failures (JSON: series to pairs of times); tells which were caught.",
        };
        file.AcceptExistingOnly();
        windows.AcceptExistingOnly();
        device.Validators.Add(result =>
        {
            if (!Identifier.IsValid(result.GetValueOrDefault<string>()))
                result.AddError($"--device takes {Identifier.Allowed}.");
        });
        speed.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() >= 0))
                result.AddError("--speed takes 0 or more.");
        });
        Command command = new("replay", "Replay a recorded machine through MQTT, in device time.") { file, device, metric, speed, windows };
        host.AddTo(command);
        command.SetAction(
            (result, cancellationToken) =>
                Shell.RunAsync(
                    () =>
                        new ReplayRunner(
                            new ReplayOptions
                            {
                                Host = host.Read(result),
                                File = result.GetValue(file)!.FullName,
                                DeviceId = result.GetValue(device)!,
                                Metric = result.GetValue(metric)!,
                                Speed = result.GetValue(speed),
                                WindowsFile = result.GetValue(windows)?.FullName,
                            },
                            TimeProvider.System,
                            Console.Error,
                            Console.Out
                        ).RunAsync(cancellationToken),
                    cancellationToken
                )
        );
        return command;
    }
}
