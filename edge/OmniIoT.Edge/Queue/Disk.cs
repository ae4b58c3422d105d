using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OmniIoT.Edge.Queue;

/// <summary>What the runtime has no call for.</summary>
internal static partial class Disk
{
    // errno of Linux; an IOException's HResult is the errno.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    public static bool IsFull(IOException failure) => failure.HResult is NoSpace or QuotaExceeded;

    /// <summary>The file has these bytes when this returns, on the disk; whatever happens before, it is as it was.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + ".new";
        using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>
    /// Returns when the file's bytes are on the disk. Not the time of its last change, as <see cref="RandomAccess.FlushToDisk"/> has it:
    /// on ext4 that is three more blocks for every flush, and the flushes of a day wear a card out.
    /// </summary>
    public static void FlushData(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
            RandomAccess.FlushToDisk(file);
        else if (FlushDataOnLinux(file) < 0)
            throw new IOException(Marshal.GetLastPInvokeErrorMessage(), Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FlushDataOnLinux(SafeFileHandle file);
}
