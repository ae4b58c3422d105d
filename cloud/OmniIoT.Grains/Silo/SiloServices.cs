using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OmniIoT.Domain;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;

namespace OmniIoT.Grains.Silo;

/// <summary>Runs a silo of Orleans in this process.</summary>
internal static class SiloServices
{
    /// <summary>One silo on loopback that nobody else finds, with nothing but this process in it.</summary>
    public static IServiceCollection AddEmbeddedSilo(
        this IServiceCollection services,
        GrainsOptions options
    ) =>
        services.AddOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), gatewayPort: 0);
            silo.Configure<GrainCollectionOptions>(collection =>
            {
                collection.CollectionAge = options.IdleAfter;
                collection.CollectionQuantum = options.IdleAfter / 10;
            });
            silo.Services.AddSingleton<IGeneralizedCopier, SharedRecords>();
            silo.Services.AddSerializer(serializer =>
                serializer.AddJsonSerializer(
                    SharedRecords.Contains,
                    isCopyable: static _ => false,
                    codec => codec.Configure(json => json.SerializerOptions = OmniJson.Options)
                )
            );
        });

    private static int FreePort()
    {
        using Socket probe = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
