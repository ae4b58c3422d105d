using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OmniIoT.Simulators.Api;

namespace OmniIoT.Simulators.Channels;

/// <summary>
/// Channels whose providers are <see cref="StandInProvider"/> and <see cref="StandInMailServer"/>, and who writes on them.
/// </summary>
internal static class ChannelSeed
{
    public const string Mail = "demo-mail";
    public const string Sms = "demo-sms";
    public const string WhatsApp = "demo-whatsapp";
    public const string Phone = "demo-phone";

    public const string Writer = "sevda";
    public const string WriterName = "Sevda Karimova";
    public const string WriterAddress = "sevda.karimova@example.com";
    public const string WriterNumber = "+994501112233";

    /// <summary>What the stand-ins and the host share: another one in each run, as the channels stay when it ends.</summary>
    public static readonly string Secret = RandomNumberGenerator.GetHexString(32, lowercase: true);

    private const string Menu = "demo-menu";

    private const string MenuDocument = """
        {"name":"Demonstration","start":"hello","nodes":{"hello":{"say":{"en":"Welcome to the laundry."},"next":"ask"},
        "ask":{"gather":{"digits":1,"choices":{"1":{"next":"wait"}},"again":{"en":"Press one for a person."},"exhausted":"wait"}},
        "wait":{"queue":"support"}}}
        """;

    public static async Task PutAsync(OmniApi api, Uri provider, int mailPort, CancellationToken cancellationToken)
    {
        await api.PutAsync($"customers/{Writer}", WriterDocument(), cancellationToken);
        await api.PutAsync($"flows/{Menu}", MenuDocument, cancellationToken);
        foreach (JsonObject channel in Documents(provider.AbsoluteUri.TrimEnd('/'), mailPort))
            await api.PutAsync($"channels/{channel["id"]}", channel, cancellationToken);
    }

    private static IEnumerable<JsonObject> Documents(string provider, int mailPort)
    {
        JsonObject smtp = new()
        {
            ["host"] = "127.0.0.1",
            ["port"] = mailPort,
            ["security"] = "none",
        };
        yield return Of(
            Mail,
            "email",
            "Mail",
            new()
            {
                ["address"] = "help@laundry.example",
                ["token"] = Secret,
                ["smtp"] = smtp,
            }
        );
        yield return Of(Sms, "sms", "Text messages", Twilio(provider));
        JsonObject phone = Of(Phone, "voice", "Telephone", Twilio(provider));
        phone["flow"] = Menu;
        yield return phone;
        JsonObject meta = new()
        {
            ["endpoint"] = provider,
            ["phoneNumberId"] = "1000",
            ["accessToken"] = Secret,
            ["appSecret"] = Secret,
            ["verifyToken"] = Secret,
        };
        yield return Of(WhatsApp, "whatsapp", "WhatsApp", meta);
    }

    private static JsonObject Twilio(string provider) =>
        new()
        {
            ["endpoint"] = provider,
            ["accountSid"] = "AC00000000000000000000000000000000",
            ["authToken"] = Secret,
            ["from"] = "+994125550100",
            ["region"] = "AZ",
        };

    private static JsonObject Of(string id, string type, string name, JsonObject settings) =>
        new()
        {
            ["id"] = id,
            ["type"] = type,
            ["name"] = name,
            ["settings"] = settings,
        };

    private static JsonObject WriterDocument() =>
        new()
        {
            ["name"] = WriterName,
            ["locale"] = "en",
            ["timeZone"] = "Asia/Baku",
            ["consent"] = new JsonObject { ["email"] = true, ["sms"] = true },
            ["identities"] = new JsonArray(Identity("email", WriterAddress), Identity("phone", WriterNumber)),
        };

    private static JsonObject Identity(string type, string value) =>
        new()
        {
            ["type"] = type,
            ["value"] = value,
            ["verified"] = true,
        };
}
