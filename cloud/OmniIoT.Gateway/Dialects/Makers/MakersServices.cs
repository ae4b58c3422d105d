using Microsoft.Extensions.DependencyInjection;

namespace OmniIoT.Gateway.Dialects.Makers;

/// <summary>Lets makers' devices speak to the gateway as they do to the broker they were made for.</summary>
public static class MakersServices
{
    /// <summary>The host provides <c>ITwinQueries</c> beside what the gateway needs.</summary>
    public static IServiceCollection AddMakers(this IServiceCollection services) => services.AddSingleton<IDialect, MakersDialect>();
}
