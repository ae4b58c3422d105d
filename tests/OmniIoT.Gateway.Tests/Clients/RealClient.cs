using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Gateway.Tests.Clients;

/// <summary>A client of others behind a small program, and the steps it is asked for; each prints one line.</summary>
/// <param name="Command">Program and leading arguments of a step, given port, version (4 or 5) and step.</param>
internal sealed record RealClient(Func<int, int, string, string[]> Command)
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Over a slow line, once.</summary>
    private static readonly TimeSpan InstallationTime = TimeSpan.FromMinutes(3);

    private static readonly Lazy<Task<string>> CompiledPaho = new(CompilePahoAsync);
    private static readonly Lazy<Task<string>> InstalledMqttJs = new(InstallMqttJsAsync);

    /// <summary>The client of that name; skips the test where what it needs is missing.</summary>
    public static async Task<RealClient> RequireAsync(string name)
    {
        switch (name)
        {
            case "mosquitto":
                ExternalProgram.Require("/usr/bin/mosquitto_sub", "mosquitto-clients");
                return new RealClient(Mosquitto);
            case "Paho Python":
                ExternalProgram.Require("/usr/lib/python3/dist-packages/paho/mqtt/client.py", "python3-paho-mqtt");
                return Program(Python, Path.Combine(AppContext.BaseDirectory, "Clients", "kept_session.py"));
            case "Paho C":
                ExternalProgram.Require("/usr/include/MQTTClient.h", "libpaho-mqtt-dev");
                ExternalProgram.Require("/usr/bin/gcc", "gcc");
                return Program(await CompiledPaho.Value);
            case "MQTT.js":
                return Program(InstalledProgram.Require("node"), await InstalledMqttJs.Value);
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "No such client.");
        }
    }

    /// <summary>What the client printed.</summary>
    public async Task<string> RunAsync(int port, int version, string step)
    {
        string[] command = Command(port, version, step);
        return (await ExternalProgram.RunAsync(command[0], command[1..])).Trim();
    }

    private static RealClient Program(params string[] program) => new((port, version, step) => [.. program, $"{port}", $"{version}", step]);

    private static string[] Mosquitto(int port, int version, string step)
    {
        string[] common = ["-p", $"{port}", "-V", version == 5 ? "mqttv5" : "mqttv311"];
        string[] kept = ["-i", "kept", "-c", .. version == 5 ? (string[])["-x", "600"] : [], "-t", "kept/#", "-q", "2", "-W", "15"];
        return step switch
        {
            "leave" => ["/usr/bin/mosquitto_sub", .. common, .. kept, "-E"],
            "publish" =>
            [
                "/bin/sh",
                "-c",
                $"mosquitto_pub {string.Join(' ', common)} -t kept/a -q 1 -m one && mosquitto_pub {string.Join(' ', common)} -t kept/b -q 2 -m two",
            ],
            _ => ["/usr/bin/mosquitto_sub", .. common, .. kept, "-C", "2", "-F", "received %p:%q"],
        };
    }

    private static async Task<string> CompilePahoAsync()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Clients", "paho-client");
        await ExternalProgram.RunAsync(
            InstallationTime,
            "/usr/bin/gcc",
            "-O1",
            "-Wall",
            "-Werror",
            "-o",
            program,
            Path.Combine(AppContext.BaseDirectory, "Clients", "client.c"),
            "-lpaho-mqtt3c"
        );
        return program;
    }

    private static async Task<string> InstallMqttJsAsync()
    {
        string folder = Path.Combine(Repository.Root, "tests", "OmniIoT.Gateway.Tests", "Clients", "MqttJs");
        await NpmProject.InstallAsync(folder);
        return Path.Combine(folder, "client.mjs");
    }
}
