import { testOnOneCluster } from '../support/clusters.ts';

testOnOneCluster('docker');
