using System.CommandLine;
using Microsoft.Extensions.Configuration;
using OmniIoT.Edge;
using OmniIoT.Edge.Settings;
using OmniIoT.Processes;

CancellationToken stopping = StopSignal.Listen();
Option<FileInfo?> config = new("--settings", "--config") { Description = "JSON file with the agent's settings; docs/edge.md tells them." };
Option<bool> check = new("--check") { Description = "Say what is wrong with the settings, or what would be sent by them, and end." };
Option<string?> Setting(string name, string description) => new(name) { Description = description };
(Option<string?> Option, string Key)[] settings =
[
    (Setting("--device-id", "Id of this device."), "cloud:deviceId"),
    (Setting("--secret-file", "File that holds the device's secret."), "cloud:secretFile"),
    (Setting("--host", "Host of the platform's MQTT. Default: 127.0.0.1."), "cloud:host"),
    (Setting("--port", "Port of the platform's MQTT. Default: 1883."), "cloud:port"),
    (Setting("--sampling-interval", "How often to read sensors whose settings do not say it. Default: 10s."), "samplingInterval"),
    (Setting("--sysfs", "Where sysfs is mounted. Default: /sys."), "sysfs"),
    (Setting("--simulate", "Product to play instead of reading sensors: the id of its model, as washer-w2."), AgentOptionsReader.Simulate),
    (Setting("--queue", "Directory of the queue. Default: omniiot-edge-queue."), "queue:directory"),
];
RootCommand root = new(
    $"Reads a machine's sensors and sends them to OmniIoT. Settings: --settings file, environment ({AgentOptionsReader.EnvironmentPrefix}Cloud__DeviceId …), options, the later winning."
)
{
    config,
    check,
};
foreach ((Option<string?>? option, string _) in settings)
    root.Options.Add(option);
root.SetAction(
    async (parsed, cancellationToken) =>
    {
        ConfigurationBuilder builder = new();
        try
        {
            if (parsed.GetValue(config) is { } file)
                builder.AddJsonFile(file.FullName, optional: false);
            builder.AddEnvironmentVariables(AgentOptionsReader.EnvironmentPrefix);
            builder.AddInMemoryCollection(
                settings
                    .Where(setting => parsed.GetValue(setting.Option) is not null)
                    .Select(setting => KeyValuePair.Create(setting.Key, parsed.GetValue(setting.Option)))
            );
            if (parsed.GetValue(check))
                return SettingsCheck.Run(builder.Build(), Console.Out, Console.Error);
            return await AgentProcess.RunAsync(builder.Build(), cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // The innermost tells the place in the file.
            Exception cause = failure.GetBaseException();
            Console.Error.WriteLine(cause == failure ? failure.Message : $"{failure.Message} {cause.Message}");
            return 1;
        }
    }
);

// Without its own handling of signals: it begins once the action runs, ends before the process does, and cuts short in between.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, stopping);
