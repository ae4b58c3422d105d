using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using OmniIoT.Channels.Inbound;

namespace OmniIoT.Channels.Twilio;

/// <summary>The proof of Twilio's calls, <c>X-Twilio-Signature</c>: the HMAC of the address with the fields of the form.</summary>
internal static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    public static bool IsRight(WebhookCall call, TwilioForm form, string authToken) =>
        Spellings(call.Address).Any(address => Proof.IsSame(call.Header(Header), Of(address + form.Signed(), authToken)));

    [SuppressMessage("Security", "CA5350", Justification = "The provider's algorithm; as an HMAC SHA-1 is not broken.")]
    public static string Of(string signed, string authToken) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(signed)));

    /// <summary>The provider signs some addresses with their port and some without.</summary>
    private static IEnumerable<string> Spellings(string address)
    {
        yield return address;
        Uri uri = new(address);
        string path = address[(address.IndexOf(uri.Authority, StringComparison.OrdinalIgnoreCase) + uri.Authority.Length)..];
        yield return uri.IsDefaultPort ? $"{uri.Scheme}://{uri.Host}:{uri.Port}{path}" : $"{uri.Scheme}://{uri.Host}{path}";
    }
}
