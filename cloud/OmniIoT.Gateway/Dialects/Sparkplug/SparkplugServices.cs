using Microsoft.Extensions.DependencyInjection;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>Adds the Sparkplug B host application to the gateway.</summary>
public static class SparkplugServices
{
    /// <summary>
    /// Every device that signs in with its id and secret may speak Sparkplug B then. Beside what the gateway needs the host provides
    /// <c>IGrains</c>, <c>IDeviceQueries</c>, <c>IDocumentQueries</c> and <c>ICatalog</c>.
    /// </summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names every mistake.</exception>
    public static IServiceCollection AddSparkplug(this IServiceCollection services, SparkplugOptions options)
    {
        IReadOnlyList<string> mistakes = options.Validate();
        if (mistakes.Count > 0)
            throw new ArgumentException(string.Join(' ', mistakes), nameof(options));
        services.AddSingleton(options);
        services.AddSingleton<DefaultModel>();
        services.AddSingleton<DeviceDirectory>();
        services.AddSingleton<HostStatePublisher>();
        services.AddSingleton<SparkplugDialect>();
        services.AddSingleton<IDialect>(provider => provider.GetRequiredService<SparkplugDialect>());
        return services;
    }
}
