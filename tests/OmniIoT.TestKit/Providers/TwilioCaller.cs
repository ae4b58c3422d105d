using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OmniIoT.TestKit.Providers;

/// <summary>Calls a host as Twilio does of a call, with its proof (twilio.com/docs/usage/security).</summary>
/// <param name="http">With the host's address; its bearer, if it has one, means nothing to these calls.</param>
/// <param name="authToken">What the fields are signed with.</param>
public sealed class TwilioCaller(HttpClient http, string authToken)
{
    /// <param name="part">Of the channel's address, with its query: <c>voice?turn=1</c>.</param>
    public async Task<HttpResponseMessage> CallAsync(
        string channel,
        string part,
        IReadOnlyList<(string Name, string Value)> fields,
        CancellationToken cancellationToken
    )
    {
        Uri address = new(http.BaseAddress!, $"/api/v1/channels/{channel}/{part}");
        using HttpRequestMessage request = new(HttpMethod.Post, address);
        request.Content = new FormUrlEncodedContent(fields.Select(static one => KeyValuePair.Create(one.Name, one.Value)));
        request.Headers.Add("X-Twilio-Signature", Signature(address, fields));
        return await http.SendAsync(request, cancellationToken);
    }

    [SuppressMessage("Security", "CA5350", Justification = "The provider's algorithm.")]
    private string Signature(Uri address, IReadOnlyList<(string Name, string Value)> fields)
    {
        string signed = string.Concat(
            fields.OrderBy(static one => one.Name, StringComparer.Ordinal).Select(static one => one.Name + one.Value)
        );
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(address + signed)));
    }
}
