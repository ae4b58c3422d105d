using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace OmniIoT.TestKit.Providers;

/// <summary>
/// Twilio's REST API as far as text messages and calls go (twilio.com/docs/messaging/api/message-resource and
/// twilio.com/docs/voice/api/call-resource).
/// </summary>
public sealed class TwilioServer(string accountSid, string authToken) : ProviderServer
{
    private readonly string _authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{accountSid}:{authToken}"));

    private int _named;

    protected override JsonObject Unauthorized =>
        new()
        {
            ["code"] = 20003,
            ["message"] = "Authenticate",
            ["status"] = 401,
        };

    protected override JsonObject? Answer(ProviderCall call)
    {
        if (call.Headers.GetValueOrDefault("Authorization") != _authorization)
            return null;
        if (call.Path.EndsWith("/Calls.json", StringComparison.Ordinal))
            return new JsonObject { ["sid"] = Next("CA"), ["status"] = "queued" };
        if (!call.Path.EndsWith("/Messages.json", StringComparison.Ordinal))
            return new JsonObject { ["sid"] = accountSid, ["status"] = "active" };
        Dictionary<string, StringValues> form = QueryHelpers.ParseQuery(call.Body);
        return new JsonObject
        {
            ["sid"] = Next(form.ContainsKey("MediaUrl") ? "MM" : "SM"),
            ["status"] = "queued",
            ["to"] = form["To"].ToString(),
            ["from"] = form["From"].ToString(),
            ["body"] = form["Body"].ToString(),
            ["num_media"] = $"{form.GetValueOrDefault("MediaUrl").Count}",
        };
    }

    private string Next(string kind) => kind + Interlocked.Increment(ref _named).ToString("x32", CultureInfo.InvariantCulture);
}
