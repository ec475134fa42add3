import { testOnClusters } from '../support/clusters.ts';

testOnClusters('docker');
