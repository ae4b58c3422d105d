using System.Diagnostics;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.AzureSdk;

/// <summary>The real SDK from npm, of pinned versions, installed at first use.</summary>
internal static class SdkDevice
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "OmniIoT.Scenarios", "AzureSdk");

    private static readonly Lazy<Task> Installed = new(InstallAsync);

    /// <summary>Starts <c>device.js</c>; skips the test where Node is missing.</summary>
    public static async Task<LineProcess> StartAsync(string plan)
    {
        string node = InstalledProgram.Require("node");
        await Installed.Value;
        return LineProcess.Start(node, Path.Combine(Folder, "device.js"), plan);
    }

    private static async Task InstallAsync()
    {
        FileInfo installed = new(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"))) return;
        ProcessStartInfo start = new(InstalledProgram.Require("npm"), ["ci", "--ignore-scripts", "--loglevel=error"]) { WorkingDirectory = Folder, RedirectStandardError = true };
        using System.Diagnostics.Process npm = System.Diagnostics.Process.Start(start)!;
        string errors = await Awaited.Within(npm.StandardError.ReadToEndAsync(), "end of npm ci", TimeSpan.FromMinutes(5));
        await npm.WaitForExitAsync();
        Assert.True(npm.ExitCode == 0, "npm ci failed: " + errors);
    }
}
