using System.Security.Cryptography;
using System.Text;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Dialects;

/// <summary>A device as the Azure SDKs connect it: 3.1.1, its own id as client id, a kept session, a token for a password.</summary>
internal static class HubDevice
{
    private const string Secret = "s3cret";

    public static Task<WireClient> ConnectAsync(
        GatewayHost host,
        TimeProvider? time = null,
        TimeSpan? validFor = null,
        Func<ConnectPacket, ConnectPacket>? with = null
    ) =>
        WireClient.ConnectAsync(
            host,
            V311,
            "press-7",
            clean: false,
            with: packet => Complete(packet, "press-7", Token(Expiry(time, validFor)), with)
        );

    /// <summary>Tries with whatever a test makes of it; the answer's reason.</summary>
    public static async Task<ReasonCode> TryAsync(
        GatewayHost host,
        string password,
        string device = "press-7",
        string? clientId = null,
        string? userName = null
    )
    {
        (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(
            host,
            V311,
            clientId ?? device,
            clean: false,
            packet => Complete(packet, device, password, null) with { UserName = userName ?? UserName(device) }
        );
        await client.DisposeAsync();
        return answer.ReasonCode;
    }

    public static string Token(long expiry, string device = "press-7", string key = Secret, string more = "")
    {
        string resource = Uri.EscapeDataString($"localhost:8883/devices/{device}");
        byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{resource}\n{expiry}"));
        return $"SharedAccessSignature sr={resource}&sig={Uri.EscapeDataString(Convert.ToBase64String(signature))}&se={expiry}{more}";
    }

    /// <summary>Unix seconds.</summary>
    public static long Expiry(TimeProvider? time = null, TimeSpan? validFor = null) =>
        ((time ?? TimeProvider.System).GetUtcNow() + (validFor ?? TimeSpan.FromHours(1))).ToUnixTimeSeconds();

    public static string UserName(string device) => $"localhost:8883/{device}/?api-version=2021-04-12&DeviceClientType=test%2F1.0";

    private static ConnectPacket Complete(ConnectPacket packet, string device, string password, Func<ConnectPacket, ConnectPacket>? with)
    {
        ConnectPacket whole = packet with { UserName = UserName(device), Password = Encoding.UTF8.GetBytes(password) };
        return with is null ? whole : with(whole);
    }
}
