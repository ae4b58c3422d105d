using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OmniIoT.Api.Problems;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Configuration;

namespace OmniIoT.Api.Dashboard;

/// <summary>
/// Answers 404 to questions about silos and types of grains that are not there: the dashboard takes what is asked as it is, and fails.
/// </summary>
internal sealed class DashboardSubjects(IClusterMembershipService membership, IOptions<TypeManifestOptions> manifest) : IEndpointFilter
{
    /// <summary>After each of them stands the address of a silo.</summary>
    private static readonly string[] OfOneSilo = ["HistoricalStats", "SiloProperties", "SiloMetadata", "SiloStats", "SiloCounters"];

    private const string OfOneGrain = "GrainState";

    /// <summary>Only grains whose keys are of these kinds can be found by what stands in an address.</summary>
    private static readonly Type[] Kinds =
    [
        typeof(IGrainWithStringKey),
        typeof(IGrainWithIntegerKey),
        typeof(IGrainWithGuidKey),
        typeof(IGrainWithIntegerCompoundKey),
        typeof(IGrainWithGuidCompoundKey),
    ];

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        HttpRequest request = invocation.HttpContext.Request;
        request.Path.StartsWithSegments(DashboardRoutes.Path, out PathString rest);
        string[] parts = (rest.Value ?? "").TrimStart('/').Split('/', 2);
        if (parts.Length == 2 && OfOneSilo.Contains(parts[0], StringComparer.OrdinalIgnoreCase) && !IsSilo(parts[1]))
            throw new ProblemException(Problem.NotFound("silo", parts[1]));
        if (parts[0].Equals(OfOneGrain, StringComparison.OrdinalIgnoreCase))
            CheckGrain(request.Query["grainId"].ToString(), request.Query["grainType"].ToString());
        return next(invocation);
    }

    private bool IsSilo(string address) => membership.CurrentSnapshot.Members.Keys.Any(silo => silo.ToParsableString() == address);

    private void CheckGrain(string id, string type)
    {
        if (id.Length == 0)
            throw new ProblemException(Problem.Unprocessable(new ProblemError("/grainId", "is missing")));
        if (!manifest.Value.InterfaceImplementations.Any(one => one.FullName == type && Kinds.Any(kind => kind.IsAssignableFrom(one))))
            throw new ProblemException(Problem.NotFound("type of grains", type));
    }
}
