using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Ports.Security;

namespace OmniIoT.Host;

/// <summary>What the demonstration signs in with; made anew at each start, so that it can always be shown.</summary>
internal sealed record DemoCredentials(string User, string Password, string ApiKey)
{
    private const string DemoUser = "demo";

    /// <summary>Settings of a demonstration: with a key of its own when none is configured.</summary>
    public static HostSettings Prepare(HostSettings settings) =>
        settings.ApiKey is null ? settings with { ApiKey = SecretHasher.NewSecret() } : settings;

    /// <summary>Gives the agent <c>demo</c> a new password.</summary>
    public static async Task<DemoCredentials> CreateAsync(HostSettings settings, AgentAccounts agents)
    {
        string password = SecretHasher.NewSecret()[..12];
        string hash = SecretHasher.Hash(password, SecretHasher.PasswordIterations);
        await agents.PutAsync(DemoUser, _ => new AgentAccount(DemoUser, "Demo", Role.Admin, hash), null, CancellationToken.None);
        return new DemoCredentials(DemoUser, password, settings.ApiKey!);
    }
}
