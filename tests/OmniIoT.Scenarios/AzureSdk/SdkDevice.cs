using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.AzureSdk;

/// <summary>The real SDK from npm, of pinned versions.</summary>
internal static class SdkDevice
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "OmniIoT.Scenarios", "AzureSdk");

    /// <summary>Starts <c>device.js</c>; skips the test where Node is missing.</summary>
    public static Task<LineProcess> StartAsync(string plan) => NpmProject.StartAsync(Folder, "device.js", plan);
}
