using System.Runtime.CompilerServices;

namespace OmniIoT.Containers.Tests;

/// <summary>All servers of this assembly's tests run in containers.</summary>
internal static class InContainers
{
    [ModuleInitializer]
    internal static void Choose() => Environment.SetEnvironmentVariable("OMNIIOT_SERVERS", "containers");
}
