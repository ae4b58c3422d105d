using System.Buffers.Text;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Push;

/// <summary>What a browser reads by.</summary>
/// <param name="Point">Its public key, a point of P-256.</param>
/// <param name="Auth">Its secret of 16 bytes.</param>
internal sealed record PushKeys(byte[] Point, byte[] Auth)
{
    private const int AuthBytes = 16;

    /// <summary>Null when the keys are none.</summary>
    public static PushKeys? Read(PushSubscription subscription) =>
        Decode(subscription.Key) is { } point && P256.IsPoint(point) && Decode(subscription.Auth) is { Length: AuthBytes } auth
            ? new PushKeys(point, auth)
            : null;

    private static byte[]? Decode(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
