using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OmniIoT.Devices;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access.Sessions;

/// <summary>
/// What a signed-in agent calls with: <c>agent.whose.session.secret</c>, whose in base64url, so that the session is found by its agent.
/// Only its SHA-256 is stored: the secret has 256 random bits.
/// </summary>
internal sealed record SessionToken(string AgentId, string SessionId, string Text)
{
    private const string Purpose = "agent";

    public byte[] Hash { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Text));

    /// <summary>
    /// What the console shows with each change that it asks for: whoever has the cookie alone, as a foreign page has it sent, cannot know
    /// it.
    /// </summary>
    public string Proof => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Text), "csrf"u8));

    public static SessionToken New(string agentId, string sessionId) =>
        new(
            agentId,
            sessionId,
            $"{Purpose}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(agentId))}.{sessionId}.{SecretHasher.NewSecret()}"
        );

    /// <summary>Null when the text has not the form.</summary>
    public static SessionToken? Read(string text)
    {
        string[] parts = text.Split('.');
        if (parts is not [Purpose, { } whose, { } session, { Length: > 0 }] || !Base64Url.IsValid(whose))
            return null;
        string agent = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(whose));
        return Identifier.IsValid(agent) && Identifier.IsValid(session) ? new SessionToken(agent, session, text) : null;
    }
}
