using System.Diagnostics;
using Xunit;

namespace OmniIoT.TestKit.Hosting;

/// <summary>
/// Programs of others that a test needs. A test whose program is missing is skipped with the reason, and fails where
/// <c>OMNIIOT_REQUIRE_SERVERS=1</c> says that all are there.
/// </summary>
public static class InstalledProgram
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> HasPaho = new(FindPaho);

    /// <summary>The path of a program on the search path.</summary>
    public static string Require(string name)
    {
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        SkipUnless(found is not null, name);
        return found!;
    }

    /// <summary>The library that shows a program another clock than the machine's.</summary>
    public static string RequireFakeTime()
    {
        string? found = Directory
            .EnumerateFiles(
                "/usr/lib",
                "libfaketimeMT.so.1",
                new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 }
            )
            .FirstOrDefault();
        SkipUnless(found is not null, "faketime");
        return found!;
    }

    /// <summary>The path of a Python that has the MQTT client library Paho: the system's, for which it is a package.</summary>
    public static string RequirePythonWithPaho()
    {
        SkipUnless(HasPaho.Value, $"{Python} with paho-mqtt");
        return Python;
    }

    /// <summary>The folder of PostgreSQL's server programs: Debian keeps them apart, by version.</summary>
    public static string RequirePostgres()
    {
        const string versions = "/usr/lib/postgresql";
        string? found = (Directory.Exists(versions) ? Directory.GetDirectories(versions) : [])
            .Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            .Order(StringComparer.Ordinal)
            .LastOrDefault();
        SkipUnless(found is not null, "postgresql");
        return found!;
    }

    /// <summary>The path of a file that a package, or tests/install-servers.sh itself, puts there.</summary>
    public static string RequireFile(string path)
    {
        SkipUnless(File.Exists(path), path);
        return path;
    }

    private static void SkipUnless(bool installed, string what)
    {
        if (installed)
            return;
        Assert.False(Environment.GetEnvironmentVariable("OMNIIOT_REQUIRE_SERVERS") == "1", $"{what} is required but not installed.");
        Assert.Skip($"{what} is not installed; tests/install-servers.sh installs it.");
    }

    private static bool FindPaho()
    {
        if (!File.Exists(Python))
            return false;
        using Process process = Process.Start(
            new ProcessStartInfo(Python, ["-c", "import paho.mqtt.client"]) { RedirectStandardError = true }
        )!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
