using Microsoft.Extensions.Hosting;
using OmniIoT.Api.Hosting;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>What was made at this start and can be shown only now; null where nothing was made.</summary>
public sealed class NewCredentials
{
    public string? ApiKey { get; internal set; }

    /// <summary>The password of the agent <see cref="AgentAccounts.FirstAgent"/>.</summary>
    public string? AgentPassword { get; internal set; }
}

/// <summary>
/// Makes an API key, an agent and the signing key when there are none. Starts after the committer and before the first call is served.
/// </summary>
internal sealed class FirstStart(ApiOptions options, ApiKey apiKey, AgentAccounts agents, SigningKey signingKey, NewCredentials credentials)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        credentials.ApiKey = await apiKey.PrepareAsync(options.Key, cancellationToken);
        credentials.AgentPassword = await agents.SeedAsync(cancellationToken);
        await signingKey.GetAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
