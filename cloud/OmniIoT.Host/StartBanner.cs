using System.Net;
using OmniIoT.Api.Access;

namespace OmniIoT.Host;

/// <summary>What is printed once the process listens.</summary>
internal static class StartBanner
{
    public static void Print(HostSettings settings, Listeners listeners, int? siloPort, NewCredentials created, DemoCredentials? demo)
    {
        string silo = siloPort is { } port ? $" silo={port}" : "";
        Console.WriteLine($"listening: http={listeners.HttpPort} mqtt={listeners.MqttPort}{silo}");
        if (listeners.MqttTlsPort is { } tls)
            Console.WriteLine($"MQTT over TLS: port {tls}");
        if (listeners.HttpTlsPort is { } https)
            Console.WriteLine($"HTTPS: port {https}");
        Console.WriteLine($"console:   http://{HostOf(settings.Bind)}:{listeners.HttpPort}/");
        Console.WriteLine($"sign in:   {SignIn(created, demo)}");
        Console.WriteLine($"API key:   {demo?.ApiKey ?? created.ApiKey ?? KnownKey(settings)}");
        Console.Out.Flush();
    }

    private static string SignIn(NewCredentials created, DemoCredentials? demo) =>
        demo is not null ? $"user {demo.User}, password {demo.Password}"
        : created.AgentPassword is { } password ? $"user {AgentAccounts.FirstAgent}, password {password} (shown only this once)"
        : "with the agents' passwords, as before";

    private static string KnownKey(HostSettings settings) =>
        settings.ApiKey is null ? "as printed at the first start" : "as set in OmniIoT:Api:Key";

    /// <summary>How a client on this machine reaches the address.</summary>
    public static string HostOf(IPAddress bind) =>
        bind switch
        {
            _ when bind.Equals(IPAddress.Any) || bind.Equals(IPAddress.IPv6Any) => "localhost",
            { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => $"[{bind}]",
            _ => bind.ToString(),
        };
}
